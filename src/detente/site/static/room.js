// What a page can do where scripts run: copy, print, slide through time, explore a chart. All works without, too.
const $ = (selector, from = document) => from.querySelectorAll(selector);

for (const button of $("[data-copy], [data-copy-link]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const text = button.dataset.copyLink || document.getElementById(button.dataset.copy).textContent;
    await navigator.clipboard.writeText(text.trim());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}

for (const button of $("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const DAY = 86400000;

function startSlide() {
  const holder = document.querySelector("[data-slide]");
  if (!holder) return;
  holder.hidden = false;
  const slide = holder.querySelector("input");
  const field = document.querySelector(".day input[type=date]");
  const dayOf = (ordinal) =>
    new Date(Date.parse(slide.dataset.first) + (ordinal - slide.dataset.epoch) * DAY).toISOString().slice(0, 10);
  slide.setAttribute("aria-valuetext", dayOf(slide.value));
  slide.addEventListener("input", () => {
    field.value = dayOf(slide.value);
    slide.setAttribute("aria-valuetext", field.value);
  });
  slide.addEventListener("change", () => showDay(field.value));
}

// Fetch the page of another day and put its live parts in the place of this page's.
async function showDay(day) {
  const address = new URL(location.href);
  address.searchParams.set("on", day);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.assign(address); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of $("[data-live]")) part.replaceWith(document.adoptNode(page.getElementById(part.id)));
  const drawing = document.querySelector(".bars > svg"), drawn = page.querySelector(".bars > svg");
  if (drawing && drawn) drawing.replaceWith(document.adoptNode(drawn));
  history.replaceState(null, "", address);
  startSlide();
  document.getElementById("slide")?.focus({ preventScroll: true });
}

startSlide();

// What lies on a disk cannot be fetched by a page: there the chart stays as it is drawn.
for (const figure of location.protocol === "file:" ? [] : $("[data-chart]")) {
  const button = figure.querySelector("[data-explore]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const { draw } = await import("./chart.js");
    const specification = await (await fetch(figure.dataset.chart)).json();
    const colours = getComputedStyle(document.documentElement);
    specification.encoding.color.legend = null; // the page has one, in the same colours
    specification.encoding.color.scale.range = [1, 2, 3, 4].map((kind) => colours.getPropertyValue(`--c${kind}`).trim());
    const place = document.createElement("div");
    place.className = "vega";
    place.tabIndex = 0;
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", `${specification.description} The figures are in the table below.`);
    figure.querySelector(":scope > svg").replaceWith(place);
    await draw(specification, place);
    place.focus({ preventScroll: true });
    button.remove();
  });
}
