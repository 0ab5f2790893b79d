// One film for each reply, once it is complete: for browsers that can show nothing live.

class Clips {
  static works() { return true; }

  constructor(talk) {
    this.talk = talk;
    this.stream = new MediaStream();
  }

  async open(microphone) {
    this.talk.video.srcObject = null;
    this.talk.send({ do: "clips" });
    this.talk.connected(this);
    this.setMicrophone(microphone);
  }

  async setMicrophone(microphone) {
    if (this.uplink) this.uplink.close();
    this.uplink = microphone && !this.closed ? new Uplink(this.talk, microphone) : null;
  }

  // Show a finished reply.
  async play(turn) {
    const { talk } = this;
    this.wanted = turn;
    if (talk.box.dataset.face !== "yes") return;
    talk.enter("filming");
    const film = await talk.clip(turn);
    if (this.closed || this.wanted !== turn) return;
    talk.enter("listening");
    if (!film) return;
    this.silence();
    this.wanted = turn;
    this.address = talk.video.src = URL.createObjectURL(film);
    talk.video.onplaying = () => talk.enter("speaking");
    talk.video.onended = talk.video.onpause = () => talk.enter("listening");
    talk.video.play().catch(() => talk.heldBack());
  }

  silence() {
    this.wanted = null;
    this.talk.video.pause();
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = null;
  }

  edge() { return Infinity; }

  follows() { return false; }

  async delay() { return 0; }

  close() {
    this.closed = true;
    if (this.uplink) this.uplink.close();
    this.silence();
    this.talk.video.onplaying = this.talk.video.onended = this.talk.video.onpause = null;
    this.talk.video.removeAttribute("src");
  }
}
