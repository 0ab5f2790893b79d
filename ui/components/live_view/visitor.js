// What the visitor does: microphone, talk button, keys, and the buttons under the face.

const GREETING = 0;
const SPARE_MS = 60;
const SILENT_MS = 250;
const MIC = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

class Visitor {
  async begin() {
    this.unlock();
    await this.openMic();
  }

  unlock() {
    if (this.begun) return;
    this.begun = true;
    this.lasting = "";
    this.note("");
    // The button goes; who pressed it goes on from here, where the space bar is the talk button.
    if (this.beginEl.matches(":focus")) this.box.focus({ preventScroll: true });
    this.beginEl.hidden = true;
    this.video.muted = this.muted;
    if (this.way !== "clips") this.video.play().catch((error) => this.heldBack(error));
    this.enter("listening");
    this.send({ do: "begin" });
    if (this.line.play && !this.greeted) this.line.play(GREETING);
    this.greeted = true;
  }

  // Playing may also fail because another line is being opened, which is no matter.
  heldBack(error) {
    if (!this.begun || error.name !== "NotAllowedError") return;
    this.video.muted = true;
    this.begun = false;
    this.beginEl.hidden = false;
    this.video.play().catch(() => {});
    this.note("The browser holds back the sound: press Start talking.", true);
  }

  async openMic() {
    this.unlock();
    if (!this.hears || this.mic) return;
    try {
      this.mic = await navigator.mediaDevices.getUserMedia({ audio: MIC, video: false });
    } catch (error) {
      return this.note(this.whyNoMic(error));
    }
    const [track] = this.mic.getAudioTracks();
    track.enabled = !this.pushToTalk;
    track.onended = () => { this.closeMic(); this.note("The microphone was taken away: please type."); };
    await this.line.setMicrophone(this.mic);
    this.showMic();
  }

  whyNoMic(error) {
    if (!window.isSecureContext)
      return "Browsers give the microphone only to pages by https or on this machine: please type.";
    if (error && error.name === "NotAllowedError")
      return "The browser doesn't give the microphone. Allow it beside the address, or type.";
    return "No microphone was found: please type.";
  }

  closeMic() {
    if (!this.mic) return;
    for (const track of this.mic.getTracks()) { track.onended = null; track.stop(); }
    this.mic = null;
    this.line.setMicrophone(null);
    this.send({ do: "done" });
    this.showMic();
  }

  showMic() {
    this.micEl.dataset.on = this.mic ? "yes" : "no";
    this.micEl.textContent = this.mic ? "Microphone on" : "Microphone off";
    this.talkEl.hidden = !(this.mic && this.pushToTalk);
  }

  async setMode(push) {
    this.pushToTalk = push;
    this.modeEl.setAttribute("aria-pressed", String(push));
    if (this.mic) this.mic.getAudioTracks()[0].enabled = !push;
    this.showMic();
    if (push && !this.mic) await this.openMic();
    if (push && this.mic) this.talkEl.focus();
  }

  press(down) {
    if (!this.mic || !this.pushToTalk || down === Boolean(this.down)) return;
    this.down = down;
    this.talkEl.dataset.down = down ? "yes" : "no";
    this.mic.getAudioTracks()[0].enabled = down;
    if (down && this.doing === "speaking") this.stop();
    if (!down) this.send({ do: "done" });
  }

  setMuted(muted) {
    this.muted = muted;
    this.video.muted = muted || !this.begun;
    this.muteEl.setAttribute("aria-pressed", String(muted));
  }

  setCaptions(shown) {
    this.captionsOn = shown;
    this.captionEl.hidden = !shown;
    this.captionsEl.setAttribute("aria-pressed", String(shown));
  }

  // What is on its way was sent before the twin lowered its voice or fell silent: let it be heard
  // no louder. What is sent from then on is as loud as it should be.
  lower(to) {
    if (to === 1 || this.way === "clips") return;
    clearTimeout(this.lowered);
    this.video.volume = to;
    this.lowered = setTimeout(() => (this.video.volume = 1), this.delayMs + (to ? SPARE_MS : SILENT_MS));
  }

  stop() {
    this.lower(0);
    if (this.line && this.line.silence) this.line.silence();
    this.send({ do: "stop" });
    this.caption("");
  }

  replay() {
    this.unlock();
    if (this.line.play && this.last) this.line.play(this.last);
    else this.send({ do: "replay" });
  }

  say() {
    const text = this.input.value.trim();
    if (!text) return;
    this.unlock();
    this.lower(0);
    if (this.line.silence) this.line.silence();
    this.send({ do: "say", text });
    this.input.value = "";
  }

  key(event) {
    if (!this.root.isConnected) return;
    const target = event.composedPath()[0];
    const own = /^(INPUT|TEXTAREA|SELECT|BUTTON|SUMMARY|VIDEO|A)$/.test(target.tagName || "");
    const down = event.type === "keydown";
    if (event.key === "Escape" && down) this.stop();
    else if (event.key === " " && this.mic && this.pushToTalk && (!own || target === this.talkEl)) {
      event.preventDefault();
      if (!event.repeat) this.press(down);
    }
  }
}
