/** Texts of the sign-in and setup pages. */
export const text = {
  email: "Email",
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
    intro: "Choose your email and password. This page works only once.",
    withoutToken: "There is no account yet, and this server was started without a setup token.",
    restart:
      "Restart it with {start}. It prints a link with a one-time token that opens this page. Or set {email} and {password}, then restart.",
    token: "Token",
    tokenHint: "Printed when the server started.",
    atLeast: (characters: number) => `At least ${characters} characters.`,
    repeat: "Confirm password",
    submit: "Create account",
    pending: "Setting up…",
  },
} as const;
