/** What stands before the sign-in. */
export const text = {
  email: "E-mail",
  password: "Password",
  login: {
    page: "Sign in",
    title: "Sign in to Footfall",
    intro: "Click analytics for your short links.",
    submit: "Sign in",
    pending: "Signing in…",
  },
  setup: {
    page: "Set up",
    title: "Set up Footfall",
    intro: "Choose what you will sign in with. This page works once.",
    withoutToken: "There is no account yet, and this server was started without a token.",
    restart:
      "Restart it with {start}: it prints an address with a one-time token, which opens this page. Or set {email} and {password} before you restart.",
    token: "Token",
    tokenHint: "It was printed when the server started.",
    atLeast: (characters: number) => `At least ${characters} characters.`,
    repeat: "Password again",
    submit: "Create the account",
    pending: "Setting up…",
  },
} as const;
