//! What a server stores for a password (RFC 5803, in PostgreSQL's form). It cannot be used to log in, so a log may
//! contain it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// PostgreSQL's own default.
const ITERATIONS: u32 = 4_096;

type Key = [u8; 32];

/// The verifier of a password for `ALTER ROLE .. PASSWORD`. The password must be plain ASCII.
pub(super) fn verifier(password: &str, salt: [u8; 16]) -> String {
    let salted = salted(password, salt);
    let stored: Key = Sha256::digest(keyed(&salted, b"Client Key")).into();
    let server = keyed(&salted, b"Server Key");
    let [salt, stored, server] = [&salt[..], &stored, &server].map(|bytes| STANDARD.encode(bytes));
    format!("SCRAM-SHA-256${ITERATIONS}:{salt}${stored}:{server}")
}

/// PBKDF2 (RFC 8018) of one block, which has the length of the key.
fn salted(password: &str, salt: [u8; 16]) -> Key {
    let mac = mac(password.as_bytes());
    let mut last = Key::from(
        mac.clone()
            .chain_update(salt)
            .chain_update(1_u32.to_be_bytes())
            .finalize()
            .into_bytes(),
    );
    let mut key = last;
    for _ in 1..ITERATIONS {
        last = mac
            .clone()
            .chain_update(last)
            .finalize()
            .into_bytes()
            .into();
        for (byte, of_last) in key.iter_mut().zip(last) {
            *byte ^= of_last;
        }
    }
    key
}

fn keyed(key: &[u8], text: &[u8]) -> Key {
    mac(key).chain_update(text).finalize().into_bytes().into()
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    Hmac::new_from_slice(key).expect("a key of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The exchange of RFC 7677: with the verifier the server checks the client's proof, and makes its own signature.
    #[test]
    fn the_verifier_is_that_of_the_rfc() -> Result<(), Box<dyn std::error::Error>> {
        const EXCHANGE: &[u8] = b"n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
            s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==")?;
        let verifier = verifier("pencil", salt.as_slice().try_into()?);
        let (head, keys) = verifier.rsplit_once('$').ok_or("no keys")?;
        assert_eq!(head, "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==");
        let (stored, server) = keys.split_once(':').ok_or("one key")?;
        let (stored, server) = (STANDARD.decode(stored)?, STANDARD.decode(server)?);
        let signature = STANDARD.encode(keyed(&server, EXCHANGE));
        assert_eq!(signature, "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        let proof = STANDARD.decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")?;
        let signed = keyed(&stored, EXCHANGE);
        let client: Vec<u8> = proof
            .iter()
            .zip(signed)
            .map(|(of_proof, of_signed)| of_proof ^ of_signed)
            .collect();
        assert_eq!(Sha256::digest(client).as_slice(), stored);
        Ok(())
    }
}
