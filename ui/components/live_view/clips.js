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
    this.rest();
  }

  // Between two films the twin is seen saying nothing.
  async rest() {
    const { talk } = this;
    if (talk.box.dataset.face !== "yes") return;
    this.idle = this.idle || (await talk.clip("idle", { worded: false }));
    if (!this.idle || this.closed || this.found) return;
    this.show(this.idle.film, true);
    talk.video.play().catch(() => {});
  }

  // The last picture stays until the first of the next film is there.
  show(film, again) {
    const { talk } = this;
    talk.freeze();
    talk.video.loop = again;
    talk.video.src = film;
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
    const found = await talk.clip(turn);
    if (this.closed || this.wanted !== turn) return;
    talk.enter("listening");
    if (!found) return;
    this.clear();
    this.wanted = turn;
    this.found = found;
    if (found.words) this.follow(found.words);
    this.show(found.film, false);
    talk.video.onplaying = () => talk.enter("speaking");
    talk.video.onended = () => this.silence();
    talk.video.play().catch((error) => talk.heldBack(error));
  }

  // Show the captions where those of a live talk are.
  follow(words) {
    const { talk } = this;
    this.track = captions(words);
    talk.video.append(this.track);
    const { track } = this.track;
    track.mode = "hidden";
    track.oncuechange = () => {
      const [cue] = track.activeCues || [];
      talk.captionEl.textContent = cue ? cue.text : "";
    };
  }

  silence() {
    const spoke = this.found;
    this.clear();
    if (spoke || this.talk.doing === "filming") this.talk.enter("listening");
    if (spoke) this.rest();
  }

  clear() {
    this.wanted = null;
    if (this.found) this.talk.video.pause();
    this.talk.video.onplaying = this.talk.video.onended = null;
    this.talk.captionEl.textContent = "";
    if (this.track) this.track.remove();
    for (const address of Object.values(this.found || {})) URL.revokeObjectURL(address);
    this.track = this.found = null;
  }

  edge() { return Infinity; }

  follows() { return false; }

  async delay() { return 0; }

  close() {
    this.closed = true;
    if (this.uplink) this.uplink.close();
    this.clear();
    this.talk.video.loop = false;
    this.talk.video.removeAttribute("src");
  }
}
