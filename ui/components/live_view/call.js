// Sound and picture by WebRTC: both sides find the shortest way to each other.

const GATHERING_MS = 800;
const ANSWER_MS = 20000;
const CONNECT_MS = 6000;
const AWAY_MS = 5000;

class Call {
  static works() { return typeof RTCPeerConnection === "function"; }

  constructor(talk) {
    this.talk = talk;
    this.stream = new MediaStream();
  }

  async open(microphone) {
    this.talk.video.srcObject = this.stream;
    const peer = (this.peer = new RTCPeerConnection({ iceServers: this.talk.data.ice }));
    this.sender = peer.addTransceiver("audio", { direction: "sendrecv" }).sender;
    peer.addTransceiver("video", { direction: "recvonly" });
    await this.setMicrophone(microphone);
    peer.ontrack = ({ track, receiver }) => this.show(track, receiver);
    peer.onconnectionstatechange = () => this.changed();
    await peer.setLocalDescription(await peer.createOffer());
    await this.gathered();
    if (this.closed) return;
    this.giveUpIn(ANSWER_MS);
    this.talk.send({ do: "offer", sdp: peer.localDescription.sdp });
  }

  async setMicrophone(microphone) {
    const track = microphone ? microphone.getAudioTracks()[0] : null;
    if (!this.closed) await this.sender.replaceTrack(track).catch(() => {});
  }

  answered(sdp) {
    this.giveUpIn(CONNECT_MS);
    this.peer.setRemoteDescription({ type: "answer", sdp }).catch(() => this.fail());
  }

  edge() { return performance.now(); }

  // Whether a frame was sent after `edge`.
  follows(edge, about, now) { return (about.receiveTime || now) >= edge - 10; }

  // Milliseconds from a beat's start on its way to its sound, where they are known.
  async delay(figures) {
    const at = {};
    let delay = 0;
    for (const report of (await this.peer.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      at[report.kind] = report.estimatedPlayoutTimestamp;
      if (report.kind === "audio" && report.jitterBufferEmittedCount)
        delay = (1000 * report.jitterBufferDelay) / report.jitterBufferEmittedCount;
    }
    if (at.audio && at.video) keep(figures.offsets, [performance.now(), at.audio - at.video]);
    return delay && delay + 40;
  }

  close() {
    this.closed = true;
    clearTimeout(this.waiting);
    clearTimeout(this.away);
    if (this.peer) this.peer.close();
  }

  show(track, receiver) {
    if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = 40;
    this.stream.addTrack(track);
    this.talk.video.play().catch((error) => this.talk.heldBack(error));
  }

  changed() {
    if (this.closed) return;
    const state = this.peer.connectionState;
    clearTimeout(this.away);
    if (state === "connected") {
      clearTimeout(this.waiting);
      this.connected = true;
      this.talk.connected(this);
    }
    if (state === "disconnected") this.away = setTimeout(() => this.fail(), AWAY_MS);
    if (state === "failed") this.fail();
  }

  giveUpIn(ms) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.fail(), ms);
  }

  fail() {
    if (!this.closed) this.talk.broken(this, Boolean(this.connected));
  }

  gathered() {
    const peer = this.peer;
    return new Promise((done) => {
      if (peer.iceGatheringState === "complete") return done();
      peer.addEventListener("icegatheringstatechange", () => {
        if (peer.iceGatheringState === "complete") done();
      });
      setTimeout(done, GATHERING_MS);
    });
  }
}
