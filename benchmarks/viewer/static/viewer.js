"use strict";
// Keys for those who read many cases, and news while a run goes on. Every page works without it.

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select";

function press(key) {
  const choice = document.querySelector(`[data-choice="${CSS.escape(key)}"]`);
  if (choice) {
    choice.checked = true;
    choice.focus();
    return true;
  }
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (link) {
    link.click();
    return true;
  }
  return false;
}

function openKeys() {
  document.getElementById("keys").showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches(TYPING)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    openKeys();
  } else if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (!search) return;
    search.focus();
  } else if (!press(event.key)) {
    return;
  }
  event.preventDefault();
});

document.querySelector("[data-keys]").addEventListener("click", openKeys);

// What somebody has filled in or ticked, or has the focus in, is left alone.
function inUse(part) {
  const fields = part.querySelectorAll("input:not([type=hidden]), textarea");
  const touched = [...fields].some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
  return touched || (part !== document.activeElement && part.contains(document.activeElement));
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = page.getElementById(old.id);
    if (now && !inUse(old) && now.innerHTML !== old.innerHTML) old.replaceWith(now);
  }
}

const address = document.body.dataset.events;
if (address) {
  const news = new EventSource(address);
  news.addEventListener("news", refresh);
  addEventListener("pagehide", () => news.close());
}
