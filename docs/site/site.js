// Tables that are wider than the window scroll; this lets keyboards scroll them too.
window.addEventListener("load", () => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) table.tabIndex = 0
})
