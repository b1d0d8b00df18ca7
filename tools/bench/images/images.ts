import type { Group } from '../metric.ts';
import { ensureCorpus } from './corpus.ts';
import { measureEndings } from './endings.ts';
import { measureGlimpse } from './glimpse.ts';
import { measureMemory } from './memory.ts';
import { measurePreviews } from './previews.ts';
import { measureShrinking } from './shrinking.ts';
import { openStage } from './stage.ts';
import { measureTags } from './tags.ts';
import { measureTasks } from './tasks.ts';

/** Previews, shrinking and memory of image work: the built chunk in Chromium, beside djpeg and browser-image-compression. */
export const images: Group = {
  name: 'images',
  async measure(say) {
    const stage = await openStage();
    try {
      const corpus = await ensureCorpus(stage, say);
      say('embedded views');
      const glimpses = await measureGlimpse(stage, corpus);
      const previews = await measurePreviews(stage, corpus, say);
      const shrinking = await measureShrinking(stage, corpus, say);
      say('tasks');
      const tasks = await measureTasks(stage, corpus);
      say('broken and lying files, and bombs');
      const endings = await measureEndings(stage, corpus);
      say('what ExifTool finds');
      const tags = await measureTags(stage, corpus, say);
      say('memory');
      const memory = await measureMemory(stage, corpus);
      return [...glimpses, ...previews, ...shrinking, ...tasks, ...endings, ...tags, ...memory];
    } finally {
      await stage.close();
    }
  },
};
