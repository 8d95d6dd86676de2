// Tells the page that opened this popup how the handoff ended, and gets out of the way.
const { status, connectionId, returnTo, origin } = document.body.dataset;

if (window.opener) {
  window.opener.postMessage({ source: "tokenwarden", status, connectionId }, origin);
  if (status === "connected" || status === "denied") {
    window.close();
  }
} else if (status === "connected") {
  window.location.replace(returnTo);
}
