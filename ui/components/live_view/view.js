// The live view: one video element for the whole visit, one socket for words, one line for media.

const WORDS = {
  connecting: "Connecting",
  waiting: "Ready when you are",
  listening: "Listening",
  hearing: "Hearing you",
  thinking: "Thinking",
  speaking: "Speaking",
  filming: "Making the film",
  lost: "Connection lost, trying again",
  elsewhere: "Open in another tab",
  failed: "Not available",
};
const WAYS = { webrtc: Call, websocket: Stream, clips: Clips };
const INSTEAD = {
  websocket: "Sound and picture don't get through directly, so they come with the page's own " +
    "connection, a moment later.",
  clips: "Sound and picture can't be sent live here, so each reply comes as text and as a film.",
};
const RETRY_MS = [300, 1000, 2000, 4000];
const MOST_FIGURES = 20000;
const USUAL_DELAY_MS = 150;

class Talk extends Visitor {
  constructor(root, data) {
    super();
    this.root = root;
    this.data = data;
    this.figures = { offsets: [], frames: [], delays: [], shown: [] };
    this.tries = 0;
    this.delayMs = USUAL_DELAY_MS;
    this.begun = this.muted = this.pushToTalk = this.closed = false;
    this.captionsOn = true;
    this.lasting = "";
    this.find();
    this.wire();
    this.ways = this.possibleWays();
    this.kept = "selfsame-live " + data.about;
    this.connect();
    window.selfsameLive = this;
  }

  // What is heard and seen of the twin, for measurements.
  get stream() { return this.line.stream; }

  find() {
    const one = (name) => this.root.querySelector("." + name);
    this.box = this.root.querySelector("section.live");
    this.video = this.root.querySelector("video");
    for (const name of ["initials", "still", "badge", "state", "caption", "begin", "notice", "mic", "talk",
      "mode", "mute", "captions", "stop", "replay", "typed", "said"]) this[name + "El"] = one(name);
    this.input = this.typedEl.querySelector("input");
    this.turns = new Turns(this, one("turns"), one("session"));
    const person = this.data.person;
    this.box.tabIndex = -1;
    this.box.setAttribute("aria-label", "Live conversation with the AI twin of " + person);
    this.video.setAttribute("aria-label", "The face of the AI twin of " + person);
    this.input.placeholder = "Or type to the twin of " + person;
    this.input.setAttribute("aria-label", "Message to the twin of " + person);
    this.badgeEl.textContent = "AI twin of " + person;
    this.initialsEl.textContent = person.split(/\s+/).slice(0, 2).map((w) => w[0]).join("");
    this.enter("connecting");
  }

  wire() {
    const on = (el, what, act) => el.addEventListener(what, act);
    on(this.beginEl, "click", () => (this.doing === "elsewhere" ? this.comeBack() : this.begin()));
    on(this.micEl, "click", () => (this.mic ? this.closeMic() : this.openMic()));
    on(this.modeEl, "click", () => this.setMode(!this.pushToTalk));
    on(this.muteEl, "click", () => this.setMuted(!this.muted));
    on(this.captionsEl, "click", () => this.setCaptions(!this.captionsOn));
    on(this.stopEl, "click", () => this.stop());
    on(this.replayEl, "click", () => this.replay());
    on(this.typedEl, "submit", (event) => { event.preventDefault(); this.say(); });
    on(this.talkEl, "pointerdown", () => this.press(true));
    for (const up of ["pointerup", "pointerleave", "pointercancel"])
      on(this.talkEl, up, () => this.press(false));
    for (const some of ["loadeddata", "resize"]) on(this.video, some, () => this.see());
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("keyup", this.onKey);
  }

  // The socket

  connect() {
    if (this.closed) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = (this.socket = new WebSocket(scheme + "//" + location.host + this.data.path));
    socket.binaryType = "arraybuffer";
    socket.onopen = () =>
      socket.send(JSON.stringify({ token: this.data.token, before: remembered(this.kept) }));
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.take(JSON.parse(data));
      else if (this.line && this.line.take) this.line.take(data);
    };
    socket.onclose = (event) => this.lost(event.code);
  }

  lost(code) {
    if (this.closed) return;
    this.hangUp();
    if (code === 4409) {
      this.enter("elsewhere");
      this.beginEl.textContent = "Go on here";
      this.beginEl.hidden = false;
      return;
    }
    if (code === 4500) return this.enter("failed");
    if (code === 4404) {
      this.enter("failed");
      return this.note("This conversation has ended. Reload the page to begin a new one.");
    }
    this.enter("lost");
    const wait = RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)];
    this.retry = setTimeout(() => this.connect(), wait);
  }

  comeBack() {
    this.beginEl.textContent = "Start talking";
    this.enter("connecting");
    this.connect();
  }

  send(message) {
    if (this.socket && this.socket.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify(message));
  }

  take(message) {
    const meet = {
      ready: () => this.ready(message),
      answer: () => this.line.answered && this.line.answered(message.sdp),
      no_call: () => this.broken(this.line, false),
      failed: () => this.note(message.text),
      state: () => this.enter(message.state),
      heard: () => this.heard(message),
      writing: () => this.turns.writing(message.text),
      caption: () => this.caption(message.text),
      reply: () => this.reply(message),
      cut: () => this.turns.cut(message),
      lowered: () => this.lower(message.to),
      notice: () => this.note(message.text),
      faceless: () => this.loseFace(),
      times: () => this.times(message),
      session: () => this.turns.summed(message.stages),
    }[message.kind];
    if (meet) meet();
  }

  ready(message) {
    this.tries = 0;
    remember(this.kept, this.data.token);
    this.greeted = message.begun;
    this.box.dataset.face = message.has_face ? "yes" : "no";
    this.turns.restore(message);
    const replies = message.said.filter(({ kind }) => kind === "reply");
    if (replies.length) this.last = replies[replies.length - 1].turn;
    this.hears = message.hears;
    this.micEl.disabled = this.modeEl.disabled = !message.hears;
    this.note(message.notices.join(" "));
    this.enter(this.begun ? message.state : "waiting");
    this.beginEl.hidden = this.begun;
    this.open();
  }

  // The line for sound and picture: the first way that gets through

  possibleWays() {
    const { way } = this.data;
    const wanted = WAYS[way] ? [way, "clips"] : Object.keys(WAYS);
    return wanted.filter((name) => WAYS[name].works());
  }

  open() {
    this.hangUp();
    if (this.box.dataset.face === "yes") this.freeze();
    this.way = this.box.dataset.way = this.ways[0];
    const line = (this.line = new WAYS[this.way](this));
    line.open(this.mic).catch(() => this.broken(line, false));
  }

  connected(line) {
    if (line === this.line) this.follow();
  }

  // A line that has worked is opened once more, one that never did gives way to the next.
  broken(line, worked) {
    if (line !== this.line || this.closed) return;
    if (!worked && this.ways.length > 1) {
      this.ways.shift();
      this.note(INSTEAD[this.ways[0]]);
    }
    this.open();
  }

  hangUp() {
    clearInterval(this.watching);
    if (this.line) this.line.close();
  }

  // What the player itself says of its clocks

  follow() {
    clearInterval(this.watching);
    this.watching = setInterval(() => this.measure(), 1000);
    if (!this.video.requestVideoFrameCallback || this.counting) return;
    this.counting = true;
    const frame = (now, about) => {
      const shown = about.expectedDisplayTime;
      keep(this.figures.frames, shown);
      if (this.spoke && this.line.follows(this.spoke.edge, about, now)) {
        const ms = Math.max(0, shown - this.spoke.at);
        keep(this.figures.shown, ms);
        this.send({ do: "shown", ms });
        this.spoke = null;
      }
      if (!this.closed) this.video.requestVideoFrameCallback(frame);
    };
    this.video.requestVideoFrameCallback(frame);
  }

  async measure() {
    const ms = await this.line.delay(this.figures);
    if (!ms) return;
    this.delayMs = ms;
    keep(this.figures.delays, ms);
    this.send({ do: "delay", ms });
  }

  // What is shown

  enter(state) {
    if (this.way === "clips" && state === "speaking" && !this.line.found) return;
    this.doing = state;
    if (state === "speaking") this.voiced = true;
    this.box.dataset.state = state;
    this.stateEl.textContent = WORDS[state] || state;
    if (state !== "speaking") this.caption("");
  }

  // A clip brings its own captions: the reply was drawn long before it is shown.
  caption(text) {
    if (this.way === "clips") return;
    if (text && !this.captionEl.textContent)
      this.spoke = { at: performance.now(), edge: this.line.edge() };
    this.captionEl.textContent = text;
  }

  // What lasts stays until what it asks for is done.
  note(text, lasts = false) {
    if (lasts) this.lasting = text;
    const told = [this.lasting, lasts ? "" : text].filter(Boolean).join(" ");
    this.noticeEl.hidden = !told;
    this.noticeEl.textContent = told;
  }

  // The first picture takes the place of the initials; a pause between two lines keeps the last.
  see() {
    if (this.video.videoWidth) this.box.dataset.shown = "yes";
  }

  // Keep the picture that is shown while the player turns to another film.
  freeze() {
    const { video, stillEl } = this;
    if (!video.videoWidth) return;
    stillEl.width = video.videoWidth;
    stillEl.height = video.videoHeight;
    stillEl.getContext("2d").drawImage(video, 0, 0);
    stillEl.hidden = false;
    const gone = () => (stillEl.hidden = true);
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(gone);
    else video.addEventListener("playing", gone, { once: true });
  }

  loseFace() {
    this.box.dataset.face = "no";
    this.stillEl.hidden = true;
    if (this.noticeEl.hidden) this.note("There is no picture any more: the voice goes on alone.");
  }

  heard(message) {
    this.turns.heard(message);
    this.note("");
    this.voiced = false;
  }

  // Whoever can't hear it is told by the screen reader.
  reply(message) {
    this.turns.reply(message);
    this.last = message.turn;
    const heard = this.voiced && this.begun && !this.muted && this.way !== "clips";
    if (!heard) this.saidEl.textContent = message.text;
  }

  times(message) {
    this.turns.times(message);
    if (this.line.play && message.times.end_ms && message.turn !== this.played) {
      this.played = message.turn;
      this.line.play(message.turn);
    }
  }

  // Return a film and the captions of its words, as addresses, or tell why there is none.
  async clip(turn, { worded = true } = {}) {
    const headers = { Authorization: "Bearer " + this.data.token };
    const get = (what) => fetch(this.data.clips + "/" + turn + what, { headers }).catch(() => null);
    const [film, words] = await Promise.all([get(""), worded && get("/words")]);
    if (film && film.ok)
      return { film: await address(film), words: words && words.ok ? await address(words) : null };
    this.note(film ? await film.text() : "The film could not be fetched.");
    return null;
  }

  close() {
    this.closed = true;
    clearTimeout(this.retry);
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("keyup", this.onKey);
    this.closeMic();
    this.hangUp();
    if (this.socket) this.socket.close();
  }
}

async function address(answer) { return URL.createObjectURL(await answer.blob()); }

// What a page that is loaded anew still knows; some browsers keep nothing.
function remembered(key) {
  try { return sessionStorage.getItem(key) || ""; } catch { return ""; }
}

function remember(key, value) {
  try { sessionStorage.setItem(key, value); } catch { /* then a reload begins a new talk */ }
}

const talks = new WeakMap();

export default function ({ data, parentElement }) {
  const known = talks.get(parentElement);
  if (known && known.data.token !== data.token) known.close();
  if (!known || known.closed) talks.set(parentElement, new Talk(parentElement, data));
  clearTimeout(talks.get(parentElement).leaving);
  return () => {
    const talk = talks.get(parentElement);
    talk.leaving = setTimeout(() => talk.close(), 300);
  };
}
