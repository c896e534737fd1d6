/* The five operations the application sends. */

export const BEGIN = /* GraphQL */ `
  mutation ($input: BeginAuthenticationInput!) {
    beginAuthentication(input: $input) {
      verdict
      stepUp {
        mfaToken
        challenge {
          factorId
          type
          name
        }
      }
      pendingToken
      proof
      tokens {
        accessToken
      }
      deviceToken
      dropDeviceToken
    }
  }
`

export const ENROLL = /* GraphQL */ `
  mutation ($input: EnrollFactorInput!) {
    enrollFactor(input: $input) {
      factor {
        hint
      }
      challenge {
        id
      }
      totp {
        secret
        qrCode {
          pngDataUrl
        }
      }
    }
  }
`

export const CHALLENGE = /* GraphQL */ `
  mutation ($input: ChallengeFactorInput!) {
    challengeFactor(input: $input) {
      id
    }
  }
`

export const VERIFY = /* GraphQL */ `
  mutation ($input: VerifyChallengeInput!) {
    verifyChallenge(input: $input) {
      __typename
      ... on ChallengePassed {
        proof
        tokens {
          accessToken
        }
        deviceToken
        recoveryCodes
      }
      ... on ChallengeFailed {
        code
        attemptsLeft
      }
    }
  }
`

export const SUBJECT = /* GraphQL */ `
  query ($subject: String!) {
    subject(subject: $subject) {
      factors {
        type
        name
        hint
      }
    }
  }
`
