// Hands in what is typed a moment after each change, so that no reload loses it.

const PAUSE_MS = 500;

class Keeper {
  constructor() {
    this.typed = (event) => this.note(event.target);
    this.leaving = () => this.hand(true);
    document.addEventListener("input", this.typed, true);
    addEventListener("pagehide", this.leaving);
  }

  note(field) {
    if (!field.matches(this.data.field)) return;
    const { token, path } = this.data;
    if (this.waiting && this.waiting.token !== token) this.hand();
    this.waiting = { token, path, words: field.value };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hand(), PAUSE_MS);
  }

  hand(keepalive = false) {
    clearTimeout(this.timer);
    if (!this.waiting) return;
    const { token, path, words } = this.waiting;
    this.waiting = null;
    const headers = { Authorization: "Bearer " + token, "Content-Type": "text/plain" };
    // What fails is tried again with the next change; nothing but a reload would lose it.
    fetch(path, { method: "POST", headers, body: words, keepalive }).catch(() => {});
  }

  close() {
    this.hand();
    this.closed = true;
    document.removeEventListener("input", this.typed, true);
    removeEventListener("pagehide", this.leaving);
  }
}

const keepers = new WeakMap();

export default function ({ data, parentElement }) {
  let known = keepers.get(parentElement);
  if (!known || known.closed) {
    known = new Keeper();
    keepers.set(parentElement, known);
  }
  known.data = data;
  clearTimeout(known.going);
  return () => {
    known.going = setTimeout(() => known.close(), 300);
  };
}
