//! "did you mean": finds the word of a list that is most similar to a written word.

/// The smallest Jaro-Winkler similarity (from 0 to 1) for a suggestion; below it a suggestion would be a guess.
const LIKENESS: f64 = 0.8;

/// The word most similar to `written`, if any is similar enough.
pub(crate) fn nearest<'a>(
    written: &str,
    words: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    words
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&written.to_lowercase(), word), word))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// The text `, did you mean ..?`, or an empty text.
pub(crate) fn did_you_mean<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    nearest(written, words).map_or_else(String::new, |word| format!(", did you mean `{word}`?"))
}

/// The words in backquotes, separated by commas.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// A message such as ``unknown action `cascde`, did you mean `cascade`? expected one of ..``.
pub(crate) fn unknown<'a>(
    what: &str,
    written: &str,
    words: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let suggestion = did_you_mean(written, words.clone());
    let end = if suggestion.is_empty() { ";" } else { "" };
    format!(
        "unknown {what} `{written}`{suggestion}{end} expected one of {}",
        listed(words)
    )
}
