import Docker from 'dockerode'

const answerWithinMs = 3000

/** Whether an engine answers at this socket. Not there, not allowed and not in time are all no. */
export async function answers(socket: string): Promise<boolean> {
  try {
    await new Docker({ socketPath: socket, timeout: answerWithinMs }).ping()
    return true
  } catch {
    return false
  }
}
