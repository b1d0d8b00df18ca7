import type { PageFace } from './ports.ts';

/** Hz and seconds of the one sound: two soft notes would already be a melody. */
const PITCH = 660;
const LENGTH = 0.18;

export function browserPage(): PageFace {
  return {
    title: () => document.title,
    setTitle(title) {
      document.title = title;
    },
    chime() {
      try {
        const audio = new AudioContext();
        const gain = audio.createGain();
        gain.gain.setValueAtTime(0.06, audio.currentTime);
        gain.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + LENGTH);
        const note = audio.createOscillator();
        note.frequency.value = PITCH;
        note.connect(gain).connect(audio.destination);
        note.onended = () => void audio.close();
        note.start();
        note.stop(audio.currentTime + LENGTH);
      } catch {
        // No audio device, or a page that may not use one: a message is no reason to complain.
      }
    },
  };
}
