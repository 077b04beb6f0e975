import type { Rule } from '../evidence'
import { containerCutOff } from './container-cut-off'
import { duplicateName } from './duplicate-name'
import { hostUnreachable } from './host-unreachable'
import { mtuBlackHole } from './mtu-black-hole'
import { nameNotKnown } from './name-not-known'
import { namesNotSpreading } from './names-not-spreading'
import { noPathBetweenHosts } from './no-path-between-hosts'
import { portClosed } from './port-closed'
import { portNotAnswering } from './port-not-answering'
import { resolverNotAnswering } from './resolver-not-answering'
import { targetNotRunning } from './target-not-running'
import { targetPaused } from './target-paused'
import { unexplained } from './unexplained'
import { wrongAddress } from './wrong-address'

/** Every rule, most specific first: what the engines say outright, then what many pairs have in common, then the rest. */
export const rules: readonly Rule[] = [
  targetNotRunning,
  targetPaused,
  resolverNotAnswering,
  noPathBetweenHosts,
  mtuBlackHole,
  namesNotSpreading,
  duplicateName,
  wrongAddress,
  nameNotKnown,
  portClosed,
  portNotAnswering,
  containerCutOff,
  unexplained,
  hostUnreachable,
]
