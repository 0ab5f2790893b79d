// Sound and picture as fragments of MP4 through the page's own socket, shown by a MediaSource.
// Each fragment says whether all that is not shown yet is void, as after an interruption.

const TYPES = {
  yes: 'video/mp4; codecs="avc1.42E01F, mp4a.40.2"',
  no: 'audio/mp4; codecs="mp4a.40.2"',
};
const HEAD_BYTES = 9;
const NEAR_S = 0.15;
const BEHIND_S = 0.3;
const LOST_S = 1.2;
const KEPT_S = 20;
const CATCH_UP = 1.08;
const FIRST_MS = 15000;

class Stream {
  static works() {
    const Source = self.ManagedMediaSource || self.MediaSource;
    return Boolean(Source) && Source.isTypeSupported(TYPES.yes);
  }

  constructor(talk) {
    this.talk = talk;
    this.video = talk.video;
    this.waiting = [];
    this.jump = null;
  }

  // What is heard of the twin, for measurements.
  get stream() { return this.video.captureStream(); }

  async open(microphone) {
    const Source = self.ManagedMediaSource || self.MediaSource;
    this.source = new Source();
    this.video.srcObject = null;
    this.video.disableRemotePlayback = true;
    this.address = URL.createObjectURL(this.source);
    this.source.addEventListener("sourceopen", () => this.begin(microphone), { once: true });
    this.video.onerror = () => this.fail();
    this.video.src = this.address;
    this.late = setTimeout(() => this.fail(), FIRST_MS);
  }

  begin(microphone) {
    URL.revokeObjectURL(this.address);
    if (this.closed) return;
    this.buffer = this.source.addSourceBuffer(TYPES[this.talk.box.dataset.face] || TYPES.no);
    this.buffer.addEventListener("updateend", () => this.next());
    this.talk.send({ do: "stream" });
    this.setMicrophone(microphone);
  }

  async setMicrophone(microphone) {
    if (this.uplink) this.uplink.close();
    this.uplink = microphone && !this.closed ? new Uplink(this.talk, microphone) : null;
  }

  take(data) {
    const view = new DataView(data);
    const item = {
      anew: view.getUint8(0) === 1,
      start: view.getFloat64(1, true),
      part: new Uint8Array(data, HEAD_BYTES),
    };
    if (item.anew) this.waiting = [];
    this.waiting.push(item);
    this.next();
  }

  next() {
    if (this.closed || !this.buffer || this.buffer.updating) return;
    try {
      this.follow();
      const item = this.waiting[0];
      if (!item) this.forget();
      else if (item.anew && !item.cleared) this.clear(item);
      else this.buffer.appendBuffer(this.waiting.shift().part);
    } catch (error) {
      this.fail();
    }
  }

  // Throw away what is not shown yet, and go on where the new run begins.
  clear(item) {
    item.cleared = true;
    this.buffer.abort();
    this.buffer.timestampOffset = item.start;
    this.jump = item.start;
    if (this.buffer.buffered.length) this.buffer.remove(0, Infinity);
    else this.next();
  }

  // Stay close behind what comes: jump when far, play a little faster when near.
  follow() {
    const { video } = this;
    const ranges = video.buffered;
    if (!ranges.length) return;
    const first = ranges.start(ranges.length - 1);
    const end = ranges.end(ranges.length - 1);
    const ahead = end - video.currentTime;
    if (this.jump !== null && end > this.jump) {
      video.currentTime = first;
      this.jump = null;
      this.arrived();
    } else if (video.currentTime < first || ahead > LOST_S) {
      video.currentTime = Math.max(first, end - NEAR_S);
    }
    const rate = ahead > BEHIND_S ? CATCH_UP : 1;
    if (video.playbackRate !== rate) video.playbackRate = rate;
  }

  arrived() {
    clearTimeout(this.late);
    if (this.video.paused) this.video.play().catch((error) => this.talk.heldBack(error));
    if (this.connected) return;
    this.connected = true;
    this.talk.connected(this);
  }

  forget() {
    const ranges = this.buffer.buffered;
    const old = this.video.currentTime - KEPT_S;
    if (ranges.length && ranges.start(0) < old - KEPT_S) this.buffer.remove(0, old);
  }

  edge() {
    const ranges = this.video.buffered;
    return ranges.length ? ranges.end(ranges.length - 1) : 0;
  }

  follows(edge, about) { return about.mediaTime >= edge; }

  async delay() { return Math.max(0, this.edge() - this.video.currentTime) * 1000 + 40; }

  close() {
    this.closed = true;
    clearTimeout(this.late);
    if (this.uplink) this.uplink.close();
    this.video.onerror = null;
    this.video.removeAttribute("src");
  }

  fail() {
    if (!this.closed) this.talk.broken(this, false);
  }
}
