import { repeatEvery } from '../../kernel/repeat.js'
import { createPopulation, type PopulationCounts } from '../population/count-population.js'
import { createPromptBudget, type PromptBudget, type PromptBudgetSettings } from '../prompt-budget.js'
import { sharePopulation } from './share-population.js'
import { sharePromptBudget } from './share-prompt-budget.js'
import type { TalliesDeps } from './tallies.js'

export interface SharingSettings {
  readonly promptBudget: PromptBudgetSettings
  /** How often processes tell each other what they counted. */
  readonly everySeconds: number
}

/** What is usual among everybody and the prompt budget, the same in all processes but for the last exchange. */
export interface SharedCounts {
  readonly population: PopulationCounts
  readonly promptBudget: PromptBudget
  /** Tells and learns now; never rejects: while the store does not answer, each process counts on for itself. */
  exchange(): Promise<void>
  /** Stops, after what was counted last is told. */
  close(): Promise<void>
}

/** Begins with what was counted before this process was started. */
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
