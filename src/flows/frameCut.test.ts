import { describe, expect, test } from 'vitest';
import { type Played, playConversation } from '../testing/conversationScript.ts';

/**
 * A conversation with texts, files both ways, receipts both ways and a survey, whose first connection is cut at every
 * frame in turn: whatever was lost, both sides end with what they have when nothing is.
 */
const uncut = await playConversation();

function cutAt(direction: 'received' | 'sent', frames: number): Promise<Played> {
  return playConversation(({ brand }) => {
    brand.inject({ fault: 'drop-after-frames', frames, direction }, { on: 'next' });
  });
}

test('the conversation is whole when nothing is cut', () => {
  expect(uncut).toMatchObject({ over: true, cuts: 0 });
  expect(uncut.consumer).toHaveLength(10);
  expect(uncut.consumer).toContain('me: [photo.jpg] (read)');
  expect(uncut.agent).toContain('brand: [guide.pdf] (read)');
  expect(uncut.puts).toHaveLength(1);
  expect(uncut.frames.received).toBeGreaterThan(10);
});

describe.each(['received', 'sent'] as const)('[O3] cut before a frame that the service would have %s', (direction) => {
  test.each(Array.from({ length: uncut.frames[direction] }, (_, frame) => frame))('frame %i', async (frame) => {
    const { consumer, agent, puts, cuts, over } = await cutAt(direction, frame);
    expect(cuts).toBe(1);
    expect({ consumer, agent, over }).toEqual({ consumer: uncut.consumer, agent: uncut.agent, over: true });
    expect(puts).toHaveLength(1);
  });
});
