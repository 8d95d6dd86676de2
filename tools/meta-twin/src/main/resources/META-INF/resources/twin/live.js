// Keeps the page up to date while the page is visible; open lists stay open.
const sections = ["apps", "faults", "people", "deliveries", "calls"];

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch("/", { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of sections) replace(document.getElementById(id), fresh.getElementById(id));
}

function replace(shown, fresh) {
  if (!shown || !fresh || shown.contains(document.activeElement)) return;
  shown.querySelectorAll("details").forEach((details, index) => {
    const other = fresh.querySelectorAll("details")[index];
    if (other) other.open = details.open;
  });
  if (shown.innerHTML !== fresh.innerHTML) shown.innerHTML = fresh.innerHTML;
}

setInterval(refresh, 2000);
