// Records camera and microphone, shows how loud it is, plays it back, and hands it in.

const BUTTONS = {
  off: ["on"],
  ready: ["record", "off"],
  recording: ["stop"],
  review: ["use", "again"],
  sending: ["use"],
};
const FORMATS = [
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/webm;codecs=vp8,opus",
  "video/webm",
  "video/mp4",
];
const LONGEST_S = 600;
const QUIET_DB = -42, LOUD_DB = -6, FLOOR_DB = -60;
const JUDGED_MS = 1500;
const WORDS = { "": "", quiet: "Speak up", good: "Good", loud: "Too loud" };
const TROUBLE = {
  NotAllowedError: "The browser was not allowed to use camera and microphone. Allow it beside the "
    + "address of this page, then try again.",
  NotFoundError: "No camera or no microphone was found. Plug one in, or upload a video instead.",
  NotReadableError: "Camera or microphone is in use by another program.",
};
const NO_DEVICES = "Browsers lend the camera only to pages on this machine (localhost) or over "
  + "HTTPS. Upload a video instead.";

class Recorder {
  constructor(root, data, tell) {
    Object.assign(this, { data, tell, peak: 0, peakAt: 0 });
    const one = (name) => root.querySelector(name);
    this.box = one(".recorder");
    this.video = one("video");
    this.clock = one(".clock");
    this.sound = one(".sound");
    this.level = one(".level");
    this.judged = one(".judged");
    this.notice = one(".notice");
    this.buttons = [...root.querySelectorAll("button")];
    for (const button of this.buttons) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    this.guard = (event) => {
      if (["recording", "review", "sending"].includes(this.state)) event.preventDefault();
    };
    addEventListener("beforeunload", this.guard);
    this.enter("off");
  }

  enter(state) {
    this.state = state;
    this.box.dataset.state = state;
    for (const button of this.buttons) {
      button.hidden = !BUTTONS[state].includes(button.dataset.do);
      button.disabled = state === "sending";
    }
    this.sound.hidden = !["ready", "recording"].includes(state);
    this.clock.hidden = state !== "recording";
  }

  say(words) {
    this.notice.textContent = words;
    this.notice.hidden = !words;
  }

  async on() {
    this.say("");
    if (!navigator.mediaDevices || !window.MediaRecorder) return this.say(NO_DEVICES);
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" },
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
    } catch (error) {
      return this.say(TROUBLE[error.name] || "Camera and microphone could not be turned on.");
    }
    if (this.closed) return this.off();
    this.show(this.stream);
    this.listen();
    this.enter("ready");
  }

  show(stream) {
    this.video.controls = false;
    this.video.muted = true;
    this.video.removeAttribute("src");
    this.video.srcObject = stream;
    this.video.play();
  }

  listen() {
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 2048;
    this.context.createMediaStreamSource(this.stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = () => {
      if (!this.stream) return;
      analyser.getFloatTimeDomainData(samples);
      const top = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-4);
      this.draw(20 * Math.log10(top));
      if (this.state === "recording") this.tick();
      requestAnimationFrame(look);
    };
    look();
  }

  draw(db) {
    const now = performance.now();
    if (db > this.peak || now - this.peakAt > JUDGED_MS) [this.peak, this.peakAt] = [db, now];
    const share = Math.round(100 * Math.min(1, Math.max(0, 1 - db / FLOOR_DB)));
    const judged = this.peak > LOUD_DB ? "loud" : this.peak < QUIET_DB ? "quiet" : "good";
    this.level.firstElementChild.style.width = share + "%";
    this.level.setAttribute("aria-valuenow", share);
    if (this.level.dataset.judged === judged) return;
    this.level.dataset.judged = judged;
    this.judged.textContent = WORDS[judged];
  }

  record() {
    const mimeType = FORMATS.find((one) => MediaRecorder.isTypeSupported(one));
    this.parts = [];
    this.recorder = new MediaRecorder(this.stream, { mimeType, videoBitsPerSecond: 4_000_000 });
    this.recorder.ondataavailable = (event) => this.parts.push(event.data);
    this.recorder.onstop = () => this.review();
    this.recorder.start(1000);
    this.begun = performance.now();
    this.enter("recording");
    this.tick();
  }

  tick() {
    const seconds = Math.floor((performance.now() - this.begun) / 1000);
    this.clock.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
    if (seconds >= LONGEST_S) this.stop();
  }

  stop() {
    if (this.recorder.state !== "inactive") this.recorder.stop();
  }

  review() {
    this.film = new Blob(this.parts, { type: this.recorder.mimeType.split(";")[0] });
    this.parts = [];
    this.off();
    if (this.closed) return;
    this.video.srcObject = null;
    this.url = URL.createObjectURL(this.film);
    Object.assign(this.video, { src: this.url, muted: false, controls: true });
    this.enter("review");
  }

  again() {
    this.forget();
    this.on();
  }

  async use() {
    this.enter("sending");
    this.say("");
    try {
      const answer = await fetch(this.data.path, {
        method: "POST",
        headers: { Authorization: "Bearer " + this.data.token, "Content-Type": this.film.type },
        body: this.film,
      });
      if (!answer.ok) throw new Error(await answer.text());
    } catch (error) {
      this.enter("review");
      return this.say("The film could not be handed in (" + error.message + "). Try again.");
    }
    this.forget();
    this.off();
    this.tell("sent", Date.now());
  }

  forget() {
    this.film = null;
    this.video.removeAttribute("src");
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = null;
  }

  off() {
    for (const track of this.stream ? this.stream.getTracks() : []) track.stop();
    this.stream = null;
    if (this.context) this.context.close();
    this.context = null;
    this.video.srcObject = null;
    this.enter("off");
  }

  close() {
    this.closed = true;
    removeEventListener("beforeunload", this.guard);
    if (this.recorder) this.stop();
    this.forget();
    this.off();
  }
}

const recorders = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let known = recorders.get(parentElement);
  if (!known || known.closed) {
    known = new Recorder(parentElement, data, setTriggerValue);
    recorders.set(parentElement, known);
  }
  known.data = data;
  known.tell = setTriggerValue;
  clearTimeout(known.leaving);
  return () => {
    known.leaving = setTimeout(() => known.close(), 300);
  };
}
