//! What a column's name says about its values.

use fake::faker::address::en::{CityName, CountryName, StateName, StreetName};
use fake::faker::company::en::{Buzzword, BuzzwordTail, CompanyName};
use fake::faker::lorem::en::{Sentence, Word};
use fake::faker::name::en::{FirstName, LastName};

use crate::random::Random;

/// The value of secret columns: a bcrypt hash of `password`.
pub(super) const SECRET: &str = "$2b$10$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK";

/// What the values of a column mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    Email,
    FirstName,
    LastName,
    Person,
    User,
    Phone,
    Street,
    City,
    State,
    Country,
    PostalCode,
    Company,
    Url,
    Slug,
    Title,
    Product,
    Sentence,
    Code,
    Currency,
    Language,
    TimeZone,
    Address,
    Agent,
    Color,
    Secret,
    Digits,
    Word,
    Money,
    Quantity,
    Percent,
    Year,
    Age,
    Rating,
    Degrees,
    Birth,
    Future,
}

/// Words in the names of columns, with what they mean. The first that is found decides.
const BY_NAME: &[(&[&str], Words)] = &[
    (&["email", "mail"], Words::Email),
    (
        &["password", "hash", "secret", "digest", "salt"],
        Words::Secret,
    ),
    (&["firstname", "first", "given"], Words::FirstName),
    (&["lastname", "last", "surname", "family"], Words::LastName),
    (
        &["username", "login", "handle", "nickname", "nick"],
        Words::User,
    ),
    (&["phone", "mobile", "fax", "telephone"], Words::Phone),
    (&["ip"], Words::Address),
    (&["agent"], Words::Agent),
    (
        &[
            "url", "uri", "link", "website", "homepage", "avatar", "image", "photo",
        ],
        Words::Url,
    ),
    (&["slug"], Words::Slug),
    (&["street", "line1", "address1", "address"], Words::Street),
    (&["city", "town"], Words::City),
    (&["state", "province", "region", "county"], Words::State),
    (&["country"], Words::Country),
    (&["zip", "postal", "postcode", "zipcode"], Words::PostalCode),
    (
        &[
            "company",
            "organisation",
            "organization",
            "employer",
            "brand",
        ],
        Words::Company,
    ),
    (&["currency"], Words::Currency),
    (&["language", "lang", "locale"], Words::Language),
    (&["timezone", "tz"], Words::TimeZone),
    (&["color", "colour"], Words::Color),
    (&["last4", "digits", "pin"], Words::Digits),
    (
        &[
            "price", "cost", "amount", "total", "subtotal", "fee", "tax", "balance", "salary",
            "budget",
        ],
        Words::Money,
    ),
    (
        &["quantity", "qty", "count", "stock", "items"],
        Words::Quantity,
    ),
    (
        &["percent", "percentage", "rate", "ratio", "discount"],
        Words::Percent,
    ),
    (&["year"], Words::Year),
    (&["age"], Words::Age),
    (&["rating", "stars", "score"], Words::Rating),
    (
        &["latitude", "longitude", "lat", "lon", "lng"],
        Words::Degrees,
    ),
    (
        &["birth", "birthday", "birthdate", "dob", "born"],
        Words::Birth,
    ),
    (
        &[
            "expires",
            "expiry",
            "expiration",
            "due",
            "deadline",
            "estimated",
            "until",
            "scheduled",
        ],
        Words::Future,
    ),
    (&["fullname"], Words::Person),
    (
        &["title", "subject", "headline", "name", "label"],
        Words::Title,
    ),
    (
        &[
            "sku",
            "code",
            "number",
            "reference",
            "token",
            "key",
            "tracking",
            "serial",
            "charge",
            "method",
        ],
        Words::Code,
    ),
    (
        &[
            "description",
            "note",
            "notes",
            "comment",
            "body",
            "content",
            "text",
            "summary",
            "bio",
            "message",
            "reason",
            "details",
        ],
        Words::Sentence,
    ),
];

/// Words in the names of tables whose rows are people.
const PEOPLE: &[&str] = &[
    "user",
    "users",
    "person",
    "people",
    "persons",
    "customer",
    "customers",
    "member",
    "members",
    "employee",
    "employees",
    "author",
    "authors",
    "contact",
    "contacts",
    "account",
    "accounts",
    "student",
    "students",
    "patient",
    "patients",
    "player",
    "players",
];

/// Words that say what a column holds of a person, and not of which one.
const ABOUT_PEOPLE: &[&str] = &[
    "email",
    "mail",
    "address",
    "name",
    "fullname",
    "full",
    "first",
    "firstname",
    "given",
    "last",
    "lastname",
    "surname",
    "family",
    "username",
    "user",
    "login",
    "handle",
    "nickname",
    "nick",
    "display",
];

/// Words in the names of tables whose rows are goods.
const GOODS: &[&str] = &[
    "product",
    "products",
    "article",
    "articles",
    "goods",
    "merchandise",
    "item",
    "items",
    "variant",
    "variants",
];

impl Words {
    /// What a column's name means.
    pub(crate) fn of(table: &str, column: &str) -> Self {
        let parts = parts(column);
        let is_one = |part: &String, words: &[&str]| {
            let singular = part.strip_suffix('s').unwrap_or(part);
            words.contains(&part.as_str()) || words.contains(&singular)
        };
        let has = |words: &[&str]| parts.iter().any(|part| is_one(part, words));
        let found = BY_NAME.iter().find(|(words, _)| has(words));
        let of_person =
            || parts_of(table, PEOPLE) || has(&["full", "contact", "author", "customer"]);
        match found.map(|(_, words)| *words) {
            Some(Self::FirstName | Self::LastName)
                if !has(&["name", "firstname", "lastname", "surname"]) =>
            {
                Self::Word
            }
            Some(Self::Title) if has(&["name"]) && of_person() => Self::Person,
            Some(Self::Title) if parts_of(table, GOODS) || has(GOODS) => Self::Product,
            Some(words) => words,
            None => Self::Word,
        }
    }

    /// Which person of a row a column is about: what its name says beside `name`, `email` and the like. `None` if it
    /// is not about a person.
    pub(crate) fn of_person(self, column: &str) -> Option<String> {
        let about = match self {
            Self::Email | Self::FirstName | Self::LastName | Self::Person | Self::User => {
                parts(column)
            }
            _ => return None,
        };
        let others = about
            .into_iter()
            .filter(|part| !ABOUT_PEOPLE.contains(&part.as_str()));
        Some(others.collect::<Vec<_>>().join(" "))
    }

    /// A text.
    pub(crate) fn text(self, random: &mut Random) -> String {
        match self {
            Self::Email => {
                let (first, last) = names(random);
                format!("{}@example.com", plain(&format!("{first}.{last}")))
            }
            Self::FirstName => random.word(&FirstName()),
            Self::LastName => names(random).1,
            Self::Person => {
                let (first, last) = names(random);
                format!("{first} {last}")
            }
            Self::User => plain(&format!(
                "{}{}",
                random.word::<String, _>(&FirstName()),
                random.below(1_000)
            )),
            Self::Street => format!(
                "{} {}",
                1 + random.below(200),
                random.word::<String, _>(&StreetName())
            ),
            Self::City => random.word(&CityName()),
            Self::State => random.word(&StateName()),
            Self::Country => random.word(&CountryName()),
            Self::Company => random.word(&CompanyName()),
            Self::Url => format!("https://example.com/{}", Self::Slug.text(random)),
            Self::Slug => format!("{}-{}", Self::Word.text(random), Self::Word.text(random)),
            Self::Title => title(random),
            Self::Product => {
                let first: String = random.word(&Buzzword());
                format!(
                    "{first} {}",
                    capital(&random.word::<String, _>(&BuzzwordTail()))
                )
            }
            Self::Sentence => capital(&random.word::<String, _>(&Sentence(4..12))),
            Self::Agent => one(random, AGENTS),
            Self::Currency => one(random, &["USD", "EUR", "GBP", "CHF", "JPY"]),
            Self::Language => one(random, &["en", "de", "fr", "es", "it", "ja"]),
            Self::TimeZone => one(
                random,
                &["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"],
            ),
            Self::Secret => SECRET.to_owned(),
            other => other.figures(random),
        }
    }

    /// A text of digits and letters.
    fn figures(self, random: &mut Random) -> String {
        match self {
            // The numbers 555-0100 to 555-0199 are kept for fiction.
            Self::Phone => format!(
                "+1-{}-555-01{:02}",
                201 + random.below(700),
                random.below(100)
            ),
            Self::PostalCode | Self::Digits => format!("{:05}", random.below(100_000)),
            Self::Code => format!("{}{}", letter(random), letter(random)),
            // The networks of RFC 5737, which are kept for documentation.
            Self::Address => {
                let network = one(random, &["192.0.2", "198.51.100", "203.0.113"]);
                format!("{network}.{}", 1 + random.below(254))
            }
            Self::Color => format!("#{:06x}", random.below(1 << 24)),
            _ => random.word(&Word()),
        }
    }

    /// A text that looks right within this length, if one is known.
    pub(crate) fn text_within(self, random: &mut Random, longest: usize) -> String {
        match (self, longest) {
            (Self::Country, ..=2) => one(random, &["DE", "FR", "CH", "GB", "US", "JP"]),
            (Self::Country, 3) => one(random, &["DEU", "FRA", "CHE", "GBR", "USA", "JPN"]),
            (Self::State, ..=2) => one(random, &["CA", "NY", "TX", "WA", "MA"]),
            (Self::Code, 8..) => format!("{}-{:06}", self.text(random), random.below(1_000_000)),
            (Self::Digits, ..=4) => format!("{:04}", random.below(10_000)),
            (Self::Phone, ..=14) => format!("555-01{:02}", random.below(100)),
            _ => self.text(random),
        }
    }

    /// The smallest and the largest number in units; `one` is the units of the number 1.
    pub(crate) fn numbers(self, one: i128) -> (i128, i128) {
        let range = |low: i128, high: i128| (low * one, high * one);
        match self {
            // Whole numbers of money are cents.
            Self::Money if one == 1 => (100, 49_999),
            Self::Money => (one, 500 * one - 1),
            Self::Quantity => range(1, 10),
            Self::Percent => range(0, 100),
            Self::Year => range(2020, 2030),
            Self::Age => range(18, 90),
            Self::Rating => range(1, 5),
            Self::Degrees => range(-90, 90),
            _ => range(1, 1_000),
        }
    }
}

const AGENTS: &[&str] = &[
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36",
];

fn names(random: &mut Random) -> (String, String) {
    (random.word(&FirstName()), random.word(&LastName()))
}

fn title(random: &mut Random) -> String {
    let (first, second) = (Words::Word.text(random), Words::Word.text(random));
    format!("{} {second}", capital(&first))
}

/// The text with a capital letter at its start.
fn capital(text: &str) -> String {
    let (start, rest) = text.split_at_checked(1).unwrap_or(("", text));
    format!("{}{rest}", start.to_uppercase())
}

fn one(random: &mut Random, texts: &[&str]) -> String {
    random.pick(texts).copied().unwrap_or_default().to_owned()
}

fn letter(random: &mut Random) -> char {
    random
        .pick(b"ABCDKMSTX")
        .map_or('A', |letter| char::from(*letter))
}

/// Lower-case letters, digits and dots alone.
fn plain(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '.');
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// The words of a name, in lower case: `firstName` and `first_name` have two.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        let starts = c.is_uppercase() && was_lower;
        if starts || !c.is_alphanumeric() {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut().filter(|_| c.is_alphanumeric()) {
            last.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    parts
}

fn parts_of(name: &str, words: &[&str]) -> bool {
    parts(name)
        .iter()
        .any(|part| words.contains(&part.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_what_they_say() {
        for (table, column, words) in [
            ("users", "email", Words::Email),
            ("users", "name", Words::Person),
            ("products", "name", Words::Product),
            ("categories", "name", Words::Title),
            ("users", "first_name", Words::FirstName),
            ("users", "last_login", Words::Word),
            ("Users", "firstName", Words::FirstName),
            ("orders", "last", Words::Word),
            ("orders", "shipping_cost", Words::Money),
            ("tasks", "due_date", Words::Future),
            ("things", "xyz", Words::Word),
        ] {
            assert_eq!(Words::of(table, column), words, "{table}.{column}");
        }
    }

    #[test]
    fn addresses_of_mail_are_no_real_ones() {
        let mut random = Random::new(1);
        for _ in 0..100 {
            let email = Words::Email.text(&mut random);
            assert!(
                email.ends_with("@example.com") && email.is_ascii(),
                "{email}"
            );
        }
    }
}
