//! Texts that are built in const.

/// The maximum length of a message, in bytes: two names of 63 bytes and the words around them, with room to spare.
const CAPACITY: usize = 640;

/// A text that is built in const. There a panic takes only one `&str`, so the names must already be in it.
#[derive(Clone, Copy)]
pub struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Message {
    /// The parts in order; a part that does not fit is left out.
    pub(crate) const fn of(parts: &[&str]) -> Self {
        let mut message = Self {
            bytes: [0; CAPACITY],
            len: 0,
        };
        let mut i = 0;
        while i < parts.len() {
            message = message.with(parts[i]);
            i += 1;
        }
        message
    }

    /// Appends a text, if it fits.
    pub(crate) const fn with(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        // A part is left out as a whole, so that no character is cut in two.
        if self.len + text.len() > CAPACITY {
            return self;
        }
        let mut i = 0;
        while i < text.len() {
            self.bytes[self.len + i] = text[i];
            i += 1;
        }
        self.len += text.len();
        self
    }

    /// The text.
    pub const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

impl core::fmt::Debug for Message {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.as_str().fmt(f)
    }
}

impl core::fmt::Display for Message {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}
