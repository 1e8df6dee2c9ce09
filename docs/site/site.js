// Tables that are wider than the window scroll; this lets keyboards scroll them too.
// The buttons that copy code are no landmarks: the theme makes one of each, without a name.
window.addEventListener("load", () => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) table.tabIndex = 0
  for (const buttons of document.querySelectorAll(".md-code__nav")) buttons.setAttribute("role", "presentation")
})
