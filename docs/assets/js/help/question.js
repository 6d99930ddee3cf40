// @ts-check
/** A question takes along what was answered, and offers to forget it. */
import { offerToForget, recordAnswers } from "./memory.js";

const { kb } = /** @type {HTMLElement} */ (document.getElementById("kb-data")).dataset;
recordAnswers(JSON.parse(/** @type {string} */ (kb)));
offerToForget();
