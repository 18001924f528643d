import { Injectable, type OnModuleInit } from '@nestjs/common';
import { builtInSounds, type PromptRef } from '../contracts/flow.js';
import type { PromptUse } from '../contracts/prompt.js';
import { Prompts } from '../prompts/prompts.js';
import { allPrompts } from './domain/flow-graph.js';
import { FlowVersions } from './flow-versions.js';

/** The engine's sounds for what flows say. */
@Injectable()
export class FlowPrompts implements OnModuleInit {
  constructor(
    private readonly prompts: Prompts,
    private readonly versions: FlowVersions,
  ) {}

  /** A prompt that callers hear cannot be deleted. */
  onModuleInit(): void {
    this.prompts.usedBy((promptId) => this.usesOf(promptId));
  }

  /** Prompts of the house's own, for choosing. */
  async uploaded(): Promise<{ id: string; name: string }[]> {
    return (await this.prompts.all()).map(({ id, name }) => ({ id, name }));
  }

  /** The sound of each of these prompts that is there; the answer holds for one decision. */
  async sounds(refs: readonly PromptRef[]): Promise<(ref: PromptRef) => string | undefined> {
    const ids = new Set(refs.flatMap((ref) => (ref.kind === 'uploaded' ? [ref.promptId] : [])));
    const found = await Promise.all(
      [...ids].map(async (id) => [id, await this.prompts.soundOf(id)] as const),
    );
    const uploaded = new Map(found);
    return (ref) => {
      if (ref.kind === 'uploaded') return uploaded.get(ref.promptId);
      return builtInSounds.includes(ref.sound) ? ref.sound : undefined;
    };
  }

  private async usesOf(promptId: string): Promise<PromptUse[]> {
    const inForce = await this.versions.allNewest();
    return inForce
      .filter(({ document }) =>
        allPrompts(document).some((ref) => ref.kind === 'uploaded' && ref.promptId === promptId),
      )
      .map(({ number, document }) => ({ kind: 'flow', id: number, name: document.name }));
  }
}
