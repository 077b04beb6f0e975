import { connect } from 'node:net'
import { keyType } from './known-hosts'

/** Of the agent's protocol (draft-miller-ssh-agent, 5.1): what lists the keys, and the answer to it. */
const requestIdentities = 11
const identitiesAnswer = 12

/** Longer answers are no lists of keys. */
const maxAnswerBytes = 1 << 20

/**
 * The types of all keys that an agent holds, for instance `sk-ssh-ed25519@openssh.com`: ssh2 passes over those that it
 * cannot use, and then they would be missing without a word.
 *
 * @throws where the agent does not answer as agents do within the time, in milliseconds
 */
export function agentKeyTypes(path: string, deadlineMs: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    socket.setTimeout(deadlineMs, () => fail(new Error('The agent does not answer')))
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('The agent hung up')))
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      const answer = Buffer.concat(chunks)
      if (answer.length > maxAnswerBytes) fail(new Error('The agent says too much'))
      if (answer.length < 4 || answer.length < 4 + answer.readUInt32BE(0)) return
      socket.destroy()
      resolve(answer[4] === identitiesAnswer ? typesIn(answer.subarray(5)) : [])
    })
    socket.write(Buffer.from([0, 0, 0, 1, requestIdentities]))
  })
}

/** A number of keys, each as its blob and a comment; what is cut short ends the list. */
function typesIn(answer: Buffer): readonly string[] {
  const types: string[] = []
  let offset = 4
  const next = (): Buffer => {
    const end = offset + 4 + answer.readUInt32BE(offset)
    const field = answer.subarray(offset + 4, end)
    offset = end
    return field
  }
  try {
    while (offset < answer.length) {
      types.push(keyType(next()))
      next()
    }
  } catch {
    // Only a help in a failure's text.
  }
  return types
}
