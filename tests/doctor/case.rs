//! A shop in which a fault is planted.

use std::error::Error;
use std::time::{Duration, Instant};

use freehold::Postgres;
use freehold::operations::{Doctor, Finding, Options, Report, Severity};
use freehold_test_support::{Database, Server};
use sqlx::{Connection as _, PgConnection};

use crate::TestResult;
use crate::schema::SHOP;

/// How long a finding may take to appear, and how often it is looked for.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

/// The shop in a database of its own.
pub(crate) struct Shop {
    pub(crate) database: Database,
}

impl Shop {
    pub(crate) fn open() -> Result<Self, Box<dyn Error>> {
        Self::on(Server::shared())
    }

    pub(crate) fn on(server: &Server) -> Result<Self, Box<dyn Error>> {
        let database = server.create_database("doctor")?;
        database.psql(&SHOP.schema()?.up(&Postgres))?;
        Ok(Self { database })
    }

    pub(crate) fn examine(&self, options: &Options) -> Result<Report, Box<dyn Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(examine(&self.database.url(), options))
    }

    pub(crate) fn connect(
        &self,
        runtime: &tokio::runtime::Runtime,
    ) -> Result<PgConnection, Box<dyn Error>> {
        Ok(runtime.block_on(PgConnection::connect(&self.database.url()))?)
    }
}

pub(crate) async fn examine(url: &str, options: &Options) -> Result<Report, Box<dyn Error>> {
    let mut connection = PgConnection::connect(url).await?;
    let schema = SHOP.schema()?;
    let report = Doctor::new(&SHOP, &schema)
        .examine(&mut connection, options)
        .await?;
    connection.close().await?;
    Ok(report)
}

/// One check with limits.
pub(crate) struct Case {
    check: &'static str,
    options: Options,
}

/// The case of a check, with its limits as they are.
pub(crate) fn case(check: &'static str) -> Result<Case, Box<dyn Error>> {
    Ok(Case {
        check,
        options: Options::default().only(check)?,
    })
}

impl Case {
    pub(crate) fn limit(self, name: &str, value: f64) -> Result<Self, Box<dyn Error>> {
        let options = self.options.limit(self.check, name, value)?;
        Ok(Self { options, ..self })
    }

    /// The findings of the check, which must be judged.
    pub(crate) fn findings(&self, shop: &Shop) -> Result<Vec<Finding>, Box<dyn Error>> {
        let report = shop.examine(&self.options)?;
        if let Some(not_judged) = report.not_judged.first() {
            return Err(format!("`{}` is not judged: {}", self.check, not_judged.why).into());
        }
        Ok(report.findings)
    }

    /// Finds nothing, then plants the fault and finds it alone.
    pub(crate) fn finds(
        &self,
        shop: &Shop,
        fault: &str,
        severity: Severity,
        object: &str,
    ) -> Result<Finding, Box<dyn Error>> {
        self.expect_none(shop, "before the fault")?;
        shop.database.psql(fault)?;
        self.found(shop, severity, object)
    }

    /// The only finding, which has this severity and this object.
    pub(crate) fn found(
        &self,
        shop: &Shop,
        severity: Severity,
        object: &str,
    ) -> Result<Finding, Box<dyn Error>> {
        let started = Instant::now();
        let mut findings = self.findings(shop)?;
        // A session adds its statistics when it ends, which is after its client has ended.
        while findings.is_empty() && started.elapsed() < PATIENCE {
            std::thread::sleep(PAUSE);
            findings = self.findings(shop)?;
        }
        let texts: Vec<_> = findings
            .iter()
            .map(|one| (one.severity, one.object.as_str()))
            .collect();
        assert_eq!(
            texts,
            [(severity, object)],
            "`{}` finds something else: {findings:?}",
            self.check
        );
        findings
            .into_iter()
            .next()
            .ok_or_else(|| "no finding".into())
    }

    pub(crate) fn expect_none(&self, shop: &Shop, when: &str) -> TestResult {
        let findings = self.findings(shop)?;
        assert!(
            findings.is_empty(),
            "{when}, `{}` finds {findings:?}",
            self.check
        );
        Ok(())
    }

    /// Runs the SQL of the fix, after which nothing is found.
    pub(crate) fn is_cured_by_its_fix(&self, shop: &Shop, finding: &Finding) -> TestResult {
        for statement in statements(&finding.fix) {
            let run = shop.database.psql(statement);
            run.map_err(|error| {
                format!("the fix `{statement}` of `{}` fails: {error}", self.check)
            })?;
        }
        self.expect_none(shop, "after its fix")
    }
}

/// The SQL of a fix: what is in backquotes and begins with a command.
pub(crate) fn statements(fix: &str) -> Vec<&str> {
    let quoted = fix.split('`').skip(1).step_by(2);
    let is_sql = |text: &&str| {
        text.split(' ')
            .next()
            .is_some_and(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase()))
    };
    quoted.filter(is_sql).collect()
}

/// Plants a fault that the SQL of the fix mends.
pub(crate) fn planted(
    case: &Case,
    fault: &str,
    severity: Severity,
    object: &str,
    fix: &str,
) -> TestResult {
    let shop = Shop::open()?;
    let finding = case.finds(&shop, fault, severity, object)?;
    assert!(
        statements(&finding.fix).contains(&fix),
        "the fix is `{}`",
        finding.fix
    );
    case.is_cured_by_its_fix(&shop, &finding)
}

/// Plants a fault that a change of the struct, or a decision, mends.
pub(crate) fn planted_for_people(
    case: &Case,
    fault: &str,
    severity: Severity,
    object: &str,
    fix: &str,
) -> TestResult {
    let shop = Shop::open()?;
    let finding = case.finds(&shop, fault, severity, object)?;
    assert!(finding.fix.contains(fix), "the fix is `{}`", finding.fix);
    Ok(())
}
