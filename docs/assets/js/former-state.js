// On the page for addresses that do not exist: was there a question, or is its link mistyped? Then offers to begin with the
// answers in the address. The first question takes them in its fragment, and flow.js goes as far as they lead.
"use strict";
for (const offer of document.querySelectorAll("[data-kb-former]")) {
  const link = offer.querySelector("a");
  if (!link || !location.pathname.startsWith(link.pathname)) continue;
  const answers = location.pathname.slice(link.pathname.length).split("/").filter((part) => /^[a-z0-9]+(-[a-z0-9]+)+$/.test(part));
  link.hash = answers.length ? `#keep=${answers.join(".")}` : "";
  offer.hidden = false;
}
