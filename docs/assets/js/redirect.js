// On an old page that was split up: goes on to where the section in the address went, or to the page that took the whole over.
"use strict";
{
  const section = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = section ? section.querySelector("a") : document.getElementById("whole-page");
  if (link instanceof HTMLAnchorElement) location.replace(link.href);
}
