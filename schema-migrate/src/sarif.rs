//! Parts that all SARIF logs share.

use std::path::Path;

/// A path as a URI: with `/` as separator, and with percent-encoding where a URI needs it.
pub fn uri(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut uri = String::new();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b'\\' => uri.push('/'),
            // Writing into a `String` never fails.
            byte => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}
