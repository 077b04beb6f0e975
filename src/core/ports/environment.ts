import type { Target } from '../model/target'

export interface Disposable {
  dispose(): void
}

/** Time, so that tests can hold it. Milliseconds. */
export interface Clock {
  now(): number
  /** Runs `action` once, after `ms`; disposing prevents it. */
  after(ms: number, action: () => void): Disposable
}

export interface Log {
  debug(message: string): void
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

/** A place where hosts are written down. */
export interface TargetSource {
  readonly id: string
  /** What it holds now. A broken entry is a problem, not an exception: the others still count. */
  read(signal: AbortSignal): Promise<SourceReading>
  /** Calls `listener` when a new reading may differ. */
  onDidChange(listener: () => void): Disposable
}

export interface SourceReading {
  readonly targets: readonly Target[]
  /** For a person: what could not be read, where, and what to do. */
  readonly problems: readonly string[]
}

/** A host key that nobody has confirmed yet. */
export interface UnknownHostKey {
  readonly host: string
  readonly port: number
  /** For instance `ssh-ed25519`. */
  readonly type: string
  /** As OpenSSH prints it: `SHA256:` and base64 without padding. */
  readonly fingerprint: string
}

/** Who logs in where. */
export interface HostLogin {
  readonly user: string
  /** As a person knows it. */
  readonly host: string
  readonly port: number
}

/** What a host wants to know at login, for instance a code from a device. All texts are the host's own. */
export interface LoginQuestions extends HostLogin {
  /** May be empty. */
  readonly instructions: string
  readonly questions: readonly {
    readonly text: string
    /** Whether the answer must not be seen. */
    readonly isHidden: boolean
  }[]
}

/** Questions that only a person can answer. `undefined` and `false` mean: not answered, do not go on. */
export interface ConnectionPrompts {
  confirmHostKey(key: UnknownHostKey): Promise<boolean>
  /** Asking a second time says that the first answer was wrong; so it is with passwords. */
  askPassphrase(keyFile: string): Promise<string | undefined>
  askPassword(login: HostLogin): Promise<string | undefined>
  /** One answer for each question, in their order. They are good once only. */
  answerQuestions(questions: LoginQuestions): Promise<readonly string[] | undefined>
}

/** Whose password is asked for so that commands become root's. */
export interface RootLogin {
  readonly user: string
  /** As a person knows it. */
  readonly host: string
  /** From 1; a second one says that the answer before was wrong. */
  readonly attempt: number
}

/** Asks for the password that sudo wants. `undefined` means: not answered, do not go on. */
export interface RootPrompts {
  askRootPassword(login: RootLogin): Promise<string | undefined>
}
