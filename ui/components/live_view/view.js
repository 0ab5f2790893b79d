// The live view: one video element for the whole visit, one socket for words, one call for media.

const WORDS = {
  connecting: "Connecting",
  waiting: "Ready when you are",
  listening: "Listening",
  hearing: "Hearing you",
  thinking: "Thinking",
  speaking: "Speaking",
  lost: "Connection lost, trying again",
  elsewhere: "Open in another tab",
  failed: "Not available",
};
const GATHERING_MS = 800;
const RETRY_MS = [300, 1000, 2000, 4000];
const MOST_FIGURES = 20000;
const MIC = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

class Talk {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.stream = new MediaStream();
    this.figures = { offsets: [], frames: [], delays: [], shown: [] };
    this.tries = 0;
    this.begun = false;
    this.pushToTalk = false;
    this.closed = false;
    this.find();
    this.wire();
    this.connect();
    window.selfsameLive = this;
  }

  find() {
    const one = (name) => this.root.querySelector("." + name);
    this.box = this.root.querySelector("section.live");
    this.video = this.root.querySelector("video");
    for (const name of ["initials", "badge", "state", "caption", "begin", "notice", "mic", "talk",
      "mode", "mute", "captions", "stop", "replay", "typed", "turns"]) this[name + "El"] = one(name);
    this.input = this.typedEl.querySelector("input");
    const person = this.data.person;
    this.box.setAttribute("aria-label", "Live conversation with the AI twin of " + person);
    this.video.setAttribute("aria-label", "The face of the AI twin of " + person);
    this.input.placeholder = "Or type to the twin of " + person;
    this.input.setAttribute("aria-label", "Message to the twin of " + person);
    this.badgeEl.textContent = "AI twin of " + person;
    this.initialsEl.textContent = person.split(/\s+/).slice(0, 2).map((w) => w[0]).join("");
    this.video.srcObject = this.stream;
    this.enter("connecting");
  }

  wire() {
    const on = (el, what, act) => el.addEventListener(what, act);
    on(this.beginEl, "click", () => this.begin());
    on(this.micEl, "click", () => (this.mic ? this.closeMic() : this.openMic()));
    on(this.modeEl, "click", () => this.setMode(!this.pushToTalk));
    on(this.muteEl, "click", () => this.setMuted(!this.muted));
    on(this.captionsEl, "click", () => this.setCaptions(!this.captionsOn));
    on(this.stopEl, "click", () => this.stop());
    on(this.replayEl, "click", () => { this.unlock(); this.send({ do: "replay" }); });
    on(this.typedEl, "submit", (event) => { event.preventDefault(); this.say(); });
    on(this.talkEl, "pointerdown", () => this.press(true));
    for (const up of ["pointerup", "pointerleave", "pointercancel"])
      on(this.talkEl, up, () => this.press(false));
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("keyup", this.onKey);
    this.captionsOn = true;
    this.muted = false;
  }

  // The socket

  connect() {
    if (this.closed) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = (this.socket = new WebSocket(scheme + "//" + location.host + this.data.path));
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify({ token: this.data.token }));
    socket.onmessage = (event) => {
      if (typeof event.data === "string") this.take(JSON.parse(event.data));
    };
    socket.onclose = (event) => this.lost(event.code);
  }

  lost(code) {
    if (this.closed) return;
    this.hangUp();
    if (code === 4409) return this.enter("elsewhere");
    if (code === 4404) {
      this.enter("failed");
      return this.note("This conversation has ended. Reload the page to begin a new one.");
    }
    this.enter("lost");
    const wait = RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)];
    this.retry = setTimeout(() => this.connect(), wait);
  }

  send(message) {
    if (this.socket && this.socket.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify(message));
  }

  take(message) {
    const meet = {
      ready: () => this.ready(message),
      answer: () => this.answered(message.sdp),
      no_call: () => this.note("Sound and picture can't be sent. You can still type."),
      failed: () => { this.enter("failed"); this.note("The twin can't be reached. Look at the log."); },
      state: () => this.enter(message.state),
      heard: () => this.heard(message),
      writing: () => { this.turn().reply.textContent = message.text; },
      caption: () => this.caption(message.text),
      reply: () => this.reply(message),
      cut: () => this.cut(message),
      notice: () => this.note(message.text),
      times: () => this.times(message),
    }[message.kind];
    if (meet) meet();
  }

  ready(message) {
    this.tries = 0;
    this.box.dataset.face = message.has_face ? "yes" : "no";
    this.hears = message.hears;
    this.micEl.disabled = !message.hears;
    if (message.notices.length) this.note(message.notices.join(" "));
    this.enter(this.begun ? message.state : "waiting");
    this.beginEl.hidden = this.begun;
    this.call();
  }

  // The call

  async call() {
    this.hangUp();
    const peer = (this.peer = new RTCPeerConnection({ iceServers: this.data.ice }));
    this.sender = peer.addTransceiver("audio", { direction: "sendrecv" }).sender;
    peer.addTransceiver("video", { direction: "recvonly" });
    if (this.mic) await this.sender.replaceTrack(this.mic.getAudioTracks()[0]);
    peer.ontrack = ({ track, receiver }) => {
      if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = 40;
      for (const old of this.stream.getTracks())
        if (old.kind === track.kind) this.stream.removeTrack(old);
      this.stream.addTrack(track);
      this.video.play().catch(() => {});
    };
    peer.onconnectionstatechange = () => {
      if (peer !== this.peer) return;
      if (peer.connectionState === "connected") this.follow();
      if (peer.connectionState === "failed") this.call();
    };
    await peer.setLocalDescription(await peer.createOffer());
    await this.gathered(peer);
    if (peer === this.peer) this.send({ do: "offer", sdp: peer.localDescription.sdp });
  }

  gathered(peer) {
    return new Promise((done) => {
      if (peer.iceGatheringState === "complete") return done();
      peer.addEventListener("icegatheringstatechange", () => {
        if (peer.iceGatheringState === "complete") done();
      });
      setTimeout(done, GATHERING_MS);
    });
  }

  answered(sdp) {
    if (this.peer) this.peer.setRemoteDescription({ type: "answer", sdp }).catch(() => this.call());
  }

  hangUp() {
    clearInterval(this.watching);
    if (this.peer) this.peer.close();
    this.peer = null;
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
      if (this.spokeAt && (about.receiveTime || now) >= this.spokeAt - 10) {
        const ms = Math.max(0, shown - this.spokeAt);
        keep(this.figures.shown, ms);
        this.send({ do: "shown", ms });
        this.spokeAt = 0;
      }
      if (!this.closed) this.video.requestVideoFrameCallback(frame);
    };
    this.video.requestVideoFrameCallback(frame);
  }

  async measure() {
    if (!this.peer) return;
    const at = {};
    let delay = 0;
    for (const report of (await this.peer.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      at[report.kind] = report.estimatedPlayoutTimestamp;
      if (report.kind === "audio" && report.jitterBufferEmittedCount)
        delay = (1000 * report.jitterBufferDelay) / report.jitterBufferEmittedCount;
    }
    if (at.audio && at.video) keep(this.figures.offsets, [performance.now(), at.audio - at.video]);
    if (delay) {
      keep(this.figures.delays, delay);
      this.send({ do: "delay", ms: delay + 40 });
    }
  }

  // The visitor

  async begin() {
    this.unlock();
    await this.openMic();
  }

  unlock() {
    if (this.begun) return;
    this.begun = true;
    this.beginEl.hidden = true;
    this.video.muted = this.muted;
    this.video.play().catch(() => {
      this.video.muted = true;
      this.begun = false;
      this.beginEl.hidden = false;
      this.note("The browser holds back the sound: press Start talking.");
    });
    this.enter("listening");
    this.send({ do: "begin" });
  }

  async openMic() {
    this.unlock();
    if (!this.hears || this.mic) return;
    try {
      this.mic = await navigator.mediaDevices.getUserMedia({ audio: MIC, video: false });
    } catch {
      this.note("No microphone can be used here: please type.");
      this.micEl.setAttribute("aria-pressed", "false");
      return;
    }
    const [track] = this.mic.getAudioTracks();
    track.enabled = !this.pushToTalk;
    track.onended = () => { this.closeMic(); this.note("The microphone was taken away."); };
    if (this.sender) await this.sender.replaceTrack(track);
    this.showMic();
  }

  closeMic() {
    if (!this.mic) return;
    for (const track of this.mic.getTracks()) { track.onended = null; track.stop(); }
    this.mic = null;
    if (this.sender) this.sender.replaceTrack(null).catch(() => {});
    this.showMic();
  }

  showMic() {
    this.micEl.setAttribute("aria-pressed", String(Boolean(this.mic)));
    this.micEl.textContent = this.mic ? "Microphone on" : "Microphone off";
    this.talkEl.hidden = !(this.mic && this.pushToTalk);
  }

  setMode(push) {
    this.pushToTalk = push;
    this.modeEl.setAttribute("aria-pressed", String(push));
    if (this.mic) this.mic.getAudioTracks()[0].enabled = !push;
    this.showMic();
  }

  press(down) {
    if (!this.mic || !this.pushToTalk || down === this.down) return;
    this.down = down;
    this.talkEl.dataset.down = down ? "yes" : "no";
    this.mic.getAudioTracks()[0].enabled = down;
    if (down && this.doing === "speaking") this.send({ do: "stop" });
    if (!down) this.send({ do: "done" });
  }

  setMuted(muted) {
    this.muted = muted;
    this.video.muted = muted || !this.begun;
    this.muteEl.setAttribute("aria-pressed", String(muted));
    this.muteEl.textContent = muted ? "Muted" : "Mute";
  }

  setCaptions(shown) {
    this.captionsOn = shown;
    this.captionEl.hidden = !shown;
    this.captionsEl.setAttribute("aria-pressed", String(shown));
  }

  stop() {
    this.send({ do: "stop" });
    this.caption("");
  }

  say() {
    const text = this.input.value.trim();
    if (!text) return;
    this.unlock();
    this.send({ do: "say", text });
    this.input.value = "";
  }

  key(event) {
    if (!this.root.isConnected) return;
    const target = event.composedPath()[0];
    const typing = target && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName || "");
    const down = event.type === "keydown";
    if (event.key === "Escape" && down) this.stop();
    else if (event.key === " " && !typing && this.mic && this.pushToTalk) {
      event.preventDefault();
      if (!event.repeat) this.press(down);
    }
  }

  // What is shown

  enter(state) {
    this.doing = state;
    this.box.dataset.state = state;
    this.stateEl.textContent = WORDS[state] || state;
    if (state !== "speaking") this.caption("");
  }

  caption(text) {
    if (text && !this.captionEl.textContent) this.spokeAt = performance.now();
    this.captionEl.textContent = text;
  }

  note(text) {
    this.noticeEl.hidden = !text;
    this.noticeEl.textContent = text;
  }

  turn() {
    if (!this.current) {
      const item = make("li");
      this.current = { item, heard: make("p", "heard"), reply: make("p", "reply") };
      item.append(this.current.heard, this.current.reply);
      this.turnsEl.prepend(item);
    }
    return this.current;
  }

  heard({ text, final }) {
    if (final || !this.current || this.current.settled) {
      if (this.current && this.current.settled) this.current = null;
    }
    const turn = this.turn();
    turn.heard.textContent = text;
    turn.heard.style.opacity = final ? 1 : 0.6;
    turn.settled = final;
    this.note("");
  }

  reply({ turn, text, outcome, known, evidence, learned }) {
    const shown = this.turn();
    shown.id = turn;
    shown.item.dataset.turn = turn;
    shown.reply.textContent = text;
    shown.foot = make("p", "foot", outcome + (learned.length ? " · Learnt: " + learned.join("; ") : ""));
    shown.item.append(shown.foot);
    if (this.box.dataset.face === "yes") shown.item.append(this.clipButton(turn));
    if (!evidence.length) return;
    const box = make("details");
    const title = known ? "What this rests on: " : "What came closest: ";
    box.append(make("summary", "", title + evidence.length));
    for (const { said, who, when } of evidence) {
      const quote = make("blockquote", "", said);
      quote.append(make("cite", "", who + ", " + when));
      box.append(quote);
    }
    shown.item.append(box);
  }

  clipButton(turn) {
    const button = make("button", "clip", "Save as film");
    button.type = "button";
    button.addEventListener("click", async () => {
      button.disabled = true;
      button.textContent = "Filming…";
      const headers = { Authorization: "Bearer " + this.data.token };
      const answer = await fetch(this.data.clips + "/" + turn, { headers }).catch(() => null);
      button.disabled = false;
      button.textContent = "Save as film";
      if (!answer || !answer.ok)
        return this.note(answer ? await answer.text() : "The film could not be fetched.");
      const link = make("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = "reply-" + turn + ".mp4";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
    return button;
  }

  cut({ text }) {
    const shown = this.turn();
    shown.reply.textContent = text ? text + " …" : "(interrupted)";
  }

  times({ turn, times }) {
    const item = this.turnsEl.querySelector('li[data-turn="' + turn + '"]');
    const first = times.webrtc_first_frame_ms || times.first_audio_ms;
    if (!item || !first) return;
    const foot = item.querySelector(".foot");
    if (foot && !foot.dataset.timed) {
      foot.dataset.timed = "yes";
      foot.textContent += " · answered after " + (first / 1000).toFixed(1) + " s";
      foot.title = Object.entries(times).map(([k, v]) => k + " " + Math.round(v)).join("\n");
    }
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

function make(tag, name = "", text = "") {
  const el = document.createElement(tag);
  if (name) el.className = name;
  el.textContent = text;
  return el;
}

function keep(figures, value) {
  figures.push(value);
  if (figures.length > MOST_FIGURES) figures.splice(0, MOST_FIGURES / 2);
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
