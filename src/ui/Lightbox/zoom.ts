/** CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels from the middle of the stage. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How the photo is looked at: its scale, 1 being the whole of it, and how far its middle is from the stage's. */
export interface View extends Point {
  readonly scale: number;
}

/** The stage, the photo as it fits into it, and the largest scale. */
export interface Room {
  readonly stage: Size;
  readonly photo: Size;
  readonly most: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };

/** A photo can be enlarged at least so far, and further while it has pixels to show. */
const AT_LEAST = 4;

/** The room of a photo of `natural` pixels in a stage whose `frame` is the part that the whole photo may fill. */
export function roomFor(natural: Size, stage: Size, frame: Size): Room {
  const scale = Math.min(frame.width / natural.width, frame.height / natural.height);
  const photo = { width: natural.width * scale, height: natural.height * scale };
  return { stage, photo, most: Math.max(AT_LEAST, 1 / scale) };
}

/** How far a length may stand from the middle before its edge would leave the stage's. */
function reach(photo: number, stage: number): number {
  return Math.max(0, (photo - stage) / 2);
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

/** The photo moved; never further than its edges. */
export function panned({ scale, x, y }: View, by: Point, { stage, photo }: Room): View {
  return {
    scale,
    x: within(x + by.x, reach(photo.width * scale, stage.width)),
    y: within(y + by.y, reach(photo.height * scale, stage.height)),
  };
}

/** The photo enlarged by a factor, or made smaller by one below 1; what lies at `at` stays there. */
export function zoomed(view: View, factor: number, at: Point, room: Room): View {
  const scale = Math.min(room.most, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  const moved = { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
  return panned(moved, { x: 0, y: 0 }, room);
}

/** Whether a point of the stage lies on the photo. */
export function isOnPhoto({ scale, x, y }: View, at: Point, { photo }: Room): boolean {
  return Math.abs(at.x - x) <= (photo.width * scale) / 2 && Math.abs(at.y - y) <= (photo.height * scale) / 2;
}
