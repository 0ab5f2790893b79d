// The microphone through the page's own socket, as 16-bit samples.

const HEARING_RATE = 16000;
const MOST_WAITING = 64000;
const PCM = `
class Pcm extends AudioWorkletProcessor {
  constructor() { super(); this.size = Math.round(sampleRate / 50); this.begin(); }
  begin() { this.part = new Int16Array(this.size); this.filled = 0; }
  process(inputs) {
    const channel = inputs[0][0];
    if (channel) for (const x of channel) {
      this.part[this.filled++] = 32767 * Math.max(-1, Math.min(1, x));
      if (this.filled < this.size) continue;
      this.port.postMessage(this.part.buffer, [this.part.buffer]);
      this.begin();
    }
    return true;
  }
}
registerProcessor("selfsame-pcm", Pcm);`;

class Uplink {
  constructor(talk, microphone) {
    this.talk = talk;
    this.open(microphone).catch(() => {
      if (!this.closed) talk.note("The microphone can't be passed on here: please type.");
    });
  }

  async open(microphone) {
    const source = this.source(microphone);
    const address = URL.createObjectURL(new Blob([PCM], { type: "text/javascript" }));
    await this.context.audioWorklet.addModule(address);
    URL.revokeObjectURL(address);
    if (this.closed) return;
    this.talk.send({ do: "mic", rate: this.context.sampleRate });
    const node = new AudioWorkletNode(this.context, "selfsame-pcm");
    node.port.onmessage = ({ data }) => this.give(data);
    source.connect(node);
    await this.context.resume();
  }

  // Some browsers can't change the rate of a microphone: then the app does.
  source(microphone) {
    try {
      this.context = new AudioContext({ sampleRate: HEARING_RATE });
      return this.context.createMediaStreamSource(microphone);
    } catch {
      this.context = new AudioContext();
      return this.context.createMediaStreamSource(microphone);
    }
  }

  give(part) {
    const { socket } = this.talk;
    if (!this.closed && socket.readyState === WebSocket.OPEN && socket.bufferedAmount < MOST_WAITING)
      socket.send(part);
  }

  close() {
    this.closed = true;
    if (this.context) this.context.close().catch(() => {});
  }
}
