// A chart: drawn once, and changed in place when its figures change. What is out of sight waits until somebody scrolls to it or prints.
// Plotly's own script comes from this server, once a browser.
const AHEAD = 300; // px below and above the screen that are drawn too, so that nobody scrolls to an empty place

let library;

function plotly(address) {
  library ??= new Promise((found, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => found(window.Plotly);
    script.onerror = () => {
      library = undefined;
      failed(new Error("The script that draws charts did not come: load the page again."));
    };
    document.head.append(script);
  });
  return library;
}

function made(parent) {
  const place = document.createElement("div");
  place.className = "vawg-chart";
  place.setAttribute("role", "img");
  parent.append(place);
  const seen = new IntersectionObserver((news) => news.some((one) => one.isIntersecting) && place.draw?.(), {
    root: place.closest('[data-testid="stMain"]'),
    rootMargin: `${AHEAD}px`,
  });
  const sized = new ResizeObserver(() => {
    // paper and a hidden tab are no width to draw for
    if (place.clientWidth && place.width !== place.clientWidth && !matchMedia("print").matches) {
      place.width = place.clientWidth;
      place.drawn && window.Plotly.Plots.resize(place);
    }
  });
  seen.observe(place);
  sized.observe(place);
  place.leave = () => {
    // an answer that a later one overtook is left by Streamlit too, while the chart stands
    if (!place.isConnected) {
      seen.disconnect();
      sized.disconnect();
      window.Plotly?.purge(place);
    }
  };
  return place;
}

function isNear(place) {
  const { top, bottom } = place.getBoundingClientRect();
  return bottom > -AHEAD && top < window.innerHeight + AHEAD;
}

window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".vawg-chart").forEach((place) => place.draw?.());
});

export default async function ({ data, parentElement }) {
  const text = new TextDecoder().decode(data);
  const { figure, config, alt, script } = JSON.parse(text);
  const place = parentElement.querySelector(".vawg-chart") ?? made(parentElement);
  place.style.minHeight = `${figure.layout.height ?? 0}px`;
  place.setAttribute("aria-label", alt);
  const Plotly = await plotly(script);
  if (place.text !== text) {
    place.text = text;
    place.draw = () => {
      place.draw = undefined;
      place.drawn = true;
      Plotly.react(place, figure.data, figure.layout, config);
    };
  }
  if (place.isConnected && isNear(place)) {
    place.draw?.();
  }
  return place.leave;
}
