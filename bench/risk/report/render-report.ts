import { BLOCKED_SHARES } from '../measure/figure.js'
import type { BenchResult } from './bench-result.js'
import { shareName } from './format.js'
import type { Plot } from './plots.js'
import { NOT_THE_DATASET } from './published.js'
import {
  ablationsTable,
  budgetsTable,
  areaTable,
  costTable,
  groupsTable,
  installedStoppedTable,
  installedTable,
  promptRateTable,
  publishedTable,
  restlessTable,
  stoppedTable,
  targetsTable,
} from './tables.js'

export interface Setting {
  /** The command that gives the same figures again. */
  readonly command: string
  readonly node: string
  readonly cores: number
}

/** The whole report as Markdown. */
export function renderReport(result: BenchResult, plots: readonly Plot[], setting: Setting): string {
  const sections = [
    '# Risk benchmark',
    introduction(result, setting),
    '## Targets',
    'By the mean over the seeds, of people with at least ten sign-ins. What is missed is missed.',
    targetsTable(result),
    '## Beside the published figures',
    `${NOT_THE_DATASET} The published ones are of Wiefling et al., ACM TOPS 2022: median number of prompts (and rate) in a person's first sign-ins, not counting the one the account begins with. Freeman here is the same model in this world. In brackets: with a threshold of its own for each number of sign-ins, taken from attackers of people with just as many.`,
    publishedTable(result),
    '## As installed',
    'Each policy at its own threshold, learning from its own prompts. A month is 30 days in which the person signed in.',
    installedTable(result),
    'Attackers with the right password who are asked for a second factor:',
    installedStoppedTable(result),
    '## Prompt rate where attackers are stopped',
    'Legitimate sign-ins asked where the threshold stops so many of an attacker; in brackets without private-mode people. A policy whose scores cannot tell them apart asks everybody.',
    ...BLOCKED_SHARES.flatMap((blocked) => [`### ${shareName(blocked)} stopped`, promptRateTable(result, blocked)]),
    '## Attackers stopped at 1, 2 and 5 % prompts',
    stoppedTable(result),
    '## Groups',
    'Prompt rate as installed / where 98 % of targeted attackers are stopped.',
    groupsTable(result),
    '## Prompt budgets',
    `Stepgate with other prompt budgets, in ${result.budgets.calm.seeds.length} worlds with ${result.budgets.calm.people} people, and in as many worlds with restless people. They use private windows, VPNs and phones more, and lose their cookies sooner. Prompts are counted from the first sign-in and include those of hard rules. Settled people have at least ten sign-ins. The threshold moves down by at most 1, so larger budgets change nothing.`,
    budgetsTable(result),
    '## Restless people',
    'Every policy in the worlds with restless people: how many legitimate sign-ins it prompts as installed, and at the threshold that stops 98 % of an attacker.',
    restlessTable(result),
    '## Area under the ROC curve',
    'Whole / up to 5 % prompts; 1 is perfect. Between two thresholds the curve is a straight line, which flatters policies that only say yes or no.',
    areaTable(result),
    '## What each part is worth',
    `Ours without one of its parts, each learning from its own prompts, in ${result.ablations.seeds.length} worlds with ${result.ablations.people} people (seeds ${result.ablations.seeds.join(', ')}): legitimate sign-ins asked as installed, and where the threshold stops 98 % of an attacker. Without token: no browser ever got one. Without mixture: one attacker who is like everybody. Without hierarchy: country, operator, part of the network and address each by itself. Without caps: groups without bounds. Without decay: nothing grows old.`,
    ablationsTable(result),
    '## Cost',
    'Decisions in a run of its own with one thread and at most 250 people, by the wall clock: whatever else the machine does is in them. Bytes are of the mean person.',
    costTable(result),
    ...(plots.length > 0 ? ['## Plots'] : []),
    ...plots.map(({ fileName, title }) => `![${title}](${fileName})`),
  ]
  return `${sections.join('\n\n')}\n`
}

function introduction(result: BenchResult, { command, node, cores }: Setting): string {
  const { people, seeds, signIns, attacks, wrongPasswords, policies } = result
  return [
    `\`${command}\` wrote this page on Node ${node} with ${cores} cores.`,
    `It simulated ${seeds.length} worlds (seeds ${seeds.join(', ')}) with ${people} people each:`,
    `${signIns} legitimate sign-ins, ${wrongPasswords} wrong passwords, and ${attacks} attacks with the right password.`,
    `All ${policies.length} policies saw the same events. Figures with ± are the mean over the seeds and its standard deviation.`,
  ].join(' ')
}
