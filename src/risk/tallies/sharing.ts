import { repeatEvery } from '../../kernel/repeat.js'
import { createPopulation, type PopulationCounts } from '../population/count-population.js'
import { createPromptBudget, type PromptBudget, type PromptBudgetSettings } from '../prompt-budget.js'
import { sharePopulation } from './share-population.js'
import { sharePromptBudget } from './share-prompt-budget.js'
import type { TalliesDeps } from './tallies.js'

export interface SharingSettings {
  readonly promptBudget: PromptBudgetSettings
  /** How often processes exchange their counts. */
  readonly everySeconds: number
}

/** The population and the prompt budget. All processes have the same, up to the last exchange. */
export interface SharedCounts {
  readonly population: PopulationCounts
  readonly promptBudget: PromptBudget
  /** Exchanges now. Never rejects: while the store does not answer, each process counts for itself. */
  exchange(): Promise<void>
  /** Stops, after a last exchange. */
  close(): Promise<void>
}

/** Starts with what was counted before this process started. */
export async function shareCounts(deps: TalliesDeps, settings: SharingSettings): Promise<SharedCounts> {
  const counted = sharePopulation(
    deps,
    createPopulation(() => deps.clock.now().getTime()),
  )
  const asked = sharePromptBudget(deps, createPromptBudget(settings.promptBudget))
  const exchange = async () => {
    await counted.tallies.exchange()
    await asked.tallies.exchange()
  }
  await exchange()
  const repeated = repeatEvery(settings.everySeconds, exchange)
  return {
    population: counted.population,
    promptBudget: asked.promptBudget,
    exchange,
    close: async () => {
      await repeated.stop()
      await exchange()
    },
  }
}
