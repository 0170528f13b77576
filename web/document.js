// Where the server is: said here, for Streamlit's own script would ask below the page's address first.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin };

// What a filter writes into the address is no step of its own: Back leaves the page in one press.
const step = history.pushState;
history.pushState = (state, title, url) => {
  const stays = new URL(url ?? "", location.href).pathname === location.pathname;
  (stays ? history.replaceState : step).call(history, state, title, url);
};

// A skip link, the first stop of the Tab key: past the sidebar, to the page.
document.addEventListener("DOMContentLoaded", () => {
  const link = document.createElement("a");
  link.className = "skip-link";
  link.href = "#root";
  link.textContent = "Skip to the page";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const main = document.querySelector('[data-testid="stMain"]');
    main.setAttribute("tabindex", "-1");
    main.focus();
  });
  document.body.prepend(link);
});

// Meeting mode: Page Up and Page Down, as clickers send them, and Esc; the arrows are Streamlit's.
document.addEventListener("keydown", (event) => {
  const wanted = {
    PageDown: ".st-key-next-slide button",
    PageUp: ".st-key-previous-slide button",
    Escape: ".st-key-leave-meeting a",
  }[event.key];
  const target = wanted && document.querySelector(wanted);
  if (target && !target.disabled && !event.target.closest("input, textarea, [role='listbox']")) {
    event.preventDefault();
    target.click();
  }
});

// Meeting mode: D opens the form of a decision, and the cursor stands in its first field.
document.addEventListener("keydown", (event) => {
  const button = document.querySelector(".st-key-decide button");
  if (event.key.toLowerCase() !== "d" || !button || event.target.closest("input, textarea")) {
    return;
  }
  let tries = 50;
  const wait = setInterval(() => {
    const field = document.querySelector('[role="dialog"] input[type="text"]');
    if (field || --tries === 0) {
      clearInterval(wait);
      field?.focus();
    }
  }, 100);
});

// A link to exactly this view: the page's address, with the number of the snapshot that it shows.
document.addEventListener("click", (event) => {
  const place = event.target.closest('[class*="st-key-copy-link-"]');
  if (place && event.target.closest("button")) {
    const address = new URL(window.location.href);
    address.searchParams.set("snapshot", /st-key-copy-link-(\d+)/.exec(place.className)[1]);
    navigator.clipboard.writeText(address.href);
  }
});
