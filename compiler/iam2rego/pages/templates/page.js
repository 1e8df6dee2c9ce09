// The page is whole without this: it adds a filter by name, and buttons that copy.
"use strict";
const policies = [...document.querySelectorAll(".policy")];
const names = policies.map((policy) => policy.querySelector("h3").textContent.toLowerCase());
const input = document.getElementById("name");
const output = document.querySelector(".by-name output");

function filter() {
  const wanted = input.value.trim().toLowerCase();
  policies.forEach((policy, number) => { policy.hidden = !names[number].includes(wanted); });
  const shown = policies.filter((policy) => policy.checkVisibility()).length;
  output.textContent = `${shown} of ${policies.length} shown`;
  document.querySelector(".none").hidden = shown > 0;
}

function addCopyButton(block) {
  const button = document.createElement("button");
  button.className = "copy";
  button.textContent = "Copy the command";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent.trimEnd());
    button.textContent = "Copied";
  });
  block.after(button);
}

document.querySelectorAll(".replay").forEach(addCopyButton);
if (input) {
  document.querySelector(".by-name").hidden = false;
  document.querySelector(".filter").addEventListener("input", filter);
  document.querySelector(".filter").addEventListener("submit", (event) => event.preventDefault());
  filter();
}
