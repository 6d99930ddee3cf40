// On an old page: goes on to where the section in the address went, or to the page that took the whole over.
"use strict";
{
  const section = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = section ? section.querySelector("a") : document.getElementById("whole-page");
  // A section that nobody listed may well be on the new page under the same name.
  if (link instanceof HTMLAnchorElement) location.replace(section || link.hash ? link.href : link.href + location.hash);
}
