//! Units of measurement and currencies: a vector of dimensions and an exact factor, so that values convert exactly.

use crate::{BigInt, Rational};
use alloc::format;
use alloc::string::{String, ToString};
use num_traits::{One, Zero};

/// Exponents of length, mass, time, current, temperature, amount, light, angle and information.
pub type Dimensions = [i8; 9];

/// A currency; amounts in different ones never convert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each name is the currency's own")]
pub enum Currency {
    Dollar,
    Euro,
    Pound,
    Yen,
    Rupee,
}

/// A unit, simple or composed: `cm`, `m/s^2`, `$`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// As written, in a plain form.
    pub symbol: String,
    /// Exponents of the base dimensions.
    pub dimensions: Dimensions,
    /// How many of the base unit one of it is.
    pub factor: Rational,
    /// What to add after the factor, for temperatures: 273.15 for degrees Celsius.
    pub offset: Rational,
    /// Set for money.
    pub currency: Option<Currency>,
}

const LENGTH: Dimensions = [1, 0, 0, 0, 0, 0, 0, 0, 0];
const AREA: Dimensions = [2, 0, 0, 0, 0, 0, 0, 0, 0];
const VOLUME: Dimensions = [3, 0, 0, 0, 0, 0, 0, 0, 0];
const MASS: Dimensions = [0, 1, 0, 0, 0, 0, 0, 0, 0];
const TIME: Dimensions = [0, 0, 1, 0, 0, 0, 0, 0, 0];
const CURRENT: Dimensions = [0, 0, 0, 1, 0, 0, 0, 0, 0];
const HEAT: Dimensions = [0, 0, 0, 0, 1, 0, 0, 0, 0];
const AMOUNT: Dimensions = [0, 0, 0, 0, 0, 1, 0, 0, 0];
const ANGLE: Dimensions = [0, 0, 0, 0, 0, 0, 0, 1, 0];
const INFORMATION: Dimensions = [0, 0, 0, 0, 0, 0, 0, 0, 1];
const FORCE: Dimensions = [1, 1, -2, 0, 0, 0, 0, 0, 0];
const ENERGY: Dimensions = [2, 1, -2, 0, 0, 0, 0, 0, 0];
const POWER: Dimensions = [2, 1, -3, 0, 0, 0, 0, 0, 0];
const PRESSURE: Dimensions = [-1, 1, -2, 0, 0, 0, 0, 0, 0];
const FREQUENCY: Dimensions = [0, 0, -1, 0, 0, 0, 0, 0, 0];
const SPEED: Dimensions = [1, 0, -1, 0, 0, 0, 0, 0, 0];
const VOLTAGE: Dimensions = [2, 1, -3, -1, 0, 0, 0, 0, 0];
const RESISTANCE: Dimensions = [2, 1, -3, -2, 0, 0, 0, 0, 0];

/// Names (the first is the printed one), dimensions, factor as numerator and denominator.
/// The inch, pound and US gallon are exact by international agreement (NIST SP 811, appendix B).
const TABLE: &[(&[&str], Dimensions, i64, i64)] = &[
    (
        &["km", "kilometer", "kilometers", "kilometre", "kilometres"],
        LENGTH,
        1_000,
        1,
    ),
    (&["m", "meter", "meters", "metre", "metres"], LENGTH, 1, 1),
    (&["dm", "decimeter", "decimeters"], LENGTH, 1, 10),
    (
        &[
            "cm",
            "centimeter",
            "centimeters",
            "centimetre",
            "centimetres",
        ],
        LENGTH,
        1,
        100,
    ),
    (
        &[
            "mm",
            "millimeter",
            "millimeters",
            "millimetre",
            "millimetres",
        ],
        LENGTH,
        1,
        1_000,
    ),
    (
        &["um", "µm", "μm", "micrometer", "micrometers"],
        LENGTH,
        1,
        1_000_000,
    ),
    (&["nm", "nanometer", "nanometers"], LENGTH, 1, 1_000_000_000),
    (&["in", "inch", "inches"], LENGTH, 127, 5_000),
    (&["ft", "foot", "feet"], LENGTH, 381, 1_250),
    (&["yd", "yard", "yards"], LENGTH, 1_143, 1_250),
    (&["mi", "mile", "miles"], LENGTH, 201_168, 125),
    (&["ha", "hectare", "hectares"], AREA, 10_000, 1),
    (&["acre", "acres"], AREA, 316_160_658, 78_125),
    (
        &["L", "l", "liter", "liters", "litre", "litres"],
        VOLUME,
        1,
        1_000,
    ),
    (&["dL", "dl"], VOLUME, 1, 10_000),
    (&["cL", "cl"], VOLUME, 1, 100_000),
    (
        &[
            "mL",
            "ml",
            "milliliter",
            "milliliters",
            "millilitre",
            "millilitres",
            "cc",
        ],
        VOLUME,
        1,
        1_000_000,
    ),
    (
        &["gal", "gallon", "gallons"],
        VOLUME,
        473_176_473,
        125_000_000_000,
    ),
    (
        &["qt", "quart", "quarts"],
        VOLUME,
        473_176_473,
        500_000_000_000,
    ),
    (
        &["pt", "pint", "pints"],
        VOLUME,
        473_176_473,
        1_000_000_000_000,
    ),
    (&["cup", "cups"], VOLUME, 473_176_473, 2_000_000_000_000),
    (&["kg", "kilogram", "kilograms"], MASS, 1, 1),
    (&["g", "gram", "grams"], MASS, 1, 1_000),
    (&["mg", "milligram", "milligrams"], MASS, 1, 1_000_000),
    (&["t", "tonne", "tonnes"], MASS, 1_000, 1),
    (
        &["lb", "lbs", "pound", "pounds"],
        MASS,
        45_359_237,
        100_000_000,
    ),
    (&["oz", "ounce", "ounces"], MASS, 45_359_237, 1_600_000_000),
    (&["s", "sec", "secs", "second", "seconds"], TIME, 1, 1),
    (&["ms", "millisecond", "milliseconds"], TIME, 1, 1_000),
    (&["min", "mins", "minute", "minutes"], TIME, 60, 1),
    (&["h", "hr", "hrs", "hour", "hours"], TIME, 3_600, 1),
    (&["day", "days"], TIME, 86_400, 1),
    (&["week", "weeks", "wk"], TIME, 604_800, 1),
    (&["A", "amp", "amps", "ampere", "amperes"], CURRENT, 1, 1),
    (&["K", "kelvin", "kelvins"], HEAT, 1, 1),
    (&["mol", "mole", "moles"], AMOUNT, 1, 1),
    (&["°", "deg", "degree", "degrees"], ANGLE, 1, 1),
    (&["bit", "bits"], INFORMATION, 1, 1),
    (&["B", "byte", "bytes"], INFORMATION, 8, 1),
    (&["kB", "KB"], INFORMATION, 8_000, 1),
    (&["MB"], INFORMATION, 8_000_000, 1),
    (&["GB"], INFORMATION, 8_000_000_000, 1),
    (&["N", "newton", "newtons"], FORCE, 1, 1),
    (&["kN"], FORCE, 1_000, 1),
    (&["J", "joule", "joules"], ENERGY, 1, 1),
    (&["kJ", "kilojoule", "kilojoules"], ENERGY, 1_000, 1),
    (&["cal", "calorie", "calories"], ENERGY, 523, 125),
    (&["kcal"], ENERGY, 4_184, 1),
    (&["eV"], ENERGY, 1_602_176_634, 1_000_000_000),
    (&["W", "watt", "watts"], POWER, 1, 1),
    (&["kW", "kilowatt", "kilowatts"], POWER, 1_000, 1),
    (&["kWh"], ENERGY, 3_600_000, 1),
    (&["Pa", "pascal", "pascals"], PRESSURE, 1, 1),
    (&["kPa"], PRESSURE, 1_000, 1),
    (&["bar"], PRESSURE, 100_000, 1),
    (&["atm"], PRESSURE, 101_325, 1),
    (&["Hz", "hertz"], FREQUENCY, 1, 1),
    (&["mph"], SPEED, 1_397, 3_125),
    (&["V", "volt", "volts"], VOLTAGE, 1, 1),
    (&["ohm", "ohms", "Ω"], RESISTANCE, 1, 1),
];

impl Unit {
    /// The unit of this written name; case counts, because `mm` is not `Mm`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let row = TABLE.iter().find(|row| row.0.contains(&name))?;
        let mut unit = Self::plain(row.0[0], row.1, Rational::new(row.2.into(), row.3.into()));
        if unit.symbol == "eV" {
            // 1.602176634e-19 J exactly (SI 2019); the table's numbers stay within 64 bits.
            unit.factor /= BigInt::from(10).pow(19);
        }
        Some(unit)
    }

    /// Degrees Celsius or Fahrenheit.
    #[must_use]
    pub fn temperature(fahrenheit: bool) -> Self {
        let (symbol, factor, offset) = if fahrenheit {
            (
                "°F",
                Rational::new(5.into(), 9.into()),
                Rational::new(45_967.into(), 180.into()),
            )
        } else {
            (
                "°C",
                Rational::one(),
                Rational::new(27_315.into(), 100.into()),
            )
        };
        Self {
            offset,
            ..Self::plain(symbol, HEAT, factor)
        }
    }

    /// The angle of one degree.
    #[must_use]
    pub fn degree() -> Self {
        Self::plain("°", ANGLE, Rational::one())
    }

    /// What `'` and `"` say after a number: feet and inches, or minutes and seconds of an angle that began with degrees.
    #[must_use]
    pub fn primed(double: bool, degrees: bool) -> Option<Self> {
        if !degrees {
            return Self::named(if double { "in" } else { "ft" });
        }
        let (symbol, parts) = if double { ("″", 3_600) } else { ("′", 60) };
        let factor = Rational::new(BigInt::one(), parts.into());
        Some(Self::plain(symbol, ANGLE, factor))
    }

    /// One of a currency, or a hundredth of a dollar for `¢`.
    #[must_use]
    pub fn money(sign: &str) -> Option<Self> {
        let (symbol, currency, parts) = match sign {
            "$" | "dollar" | "dollars" | "USD" => ("$", Currency::Dollar, 1),
            "¢" | "cent" | "cents" => ("¢", Currency::Dollar, 100),
            "€" | "euro" | "euros" | "EUR" => ("€", Currency::Euro, 1),
            "£" | "GBP" => ("£", Currency::Pound, 1),
            "¥" | "yen" => ("¥", Currency::Yen, 1),
            "₹" | "rupee" | "rupees" => ("₹", Currency::Rupee, 1),
            _ => return None,
        };
        let factor = Rational::new(BigInt::one(), parts.into());
        Some(Self {
            currency: Some(currency),
            ..Self::plain(symbol, [0; 9], factor)
        })
    }

    fn plain(symbol: &str, dimensions: Dimensions, factor: Rational) -> Self {
        Self {
            symbol: symbol.to_string(),
            dimensions,
            factor,
            offset: Rational::zero(),
            currency: None,
        }
    }

    /// Whether values in both can be compared.
    #[must_use]
    pub fn converts_to(&self, other: &Self) -> bool {
        self.dimensions == other.dimensions && self.currency == other.currency
    }

    /// Whether this is an angle in degrees.
    #[must_use]
    pub fn is_degree(&self) -> bool {
        self.dimensions == ANGLE && self.currency.is_none()
    }

    /// The unit to a whole power of -9 to 9; `None` beyond that, for money and for temperatures with an offset.
    #[must_use]
    pub fn power(&self, exponent: i8) -> Option<Self> {
        if exponent.unsigned_abs() > 9 || !self.offset.is_zero() || self.currency.is_some() {
            return None;
        }
        let mut dimensions = self.dimensions;
        for d in &mut dimensions {
            *d = d.checked_mul(exponent)?;
        }
        Some(Self {
            symbol: format!("{}^{exponent}", self.symbol),
            dimensions,
            factor: self.factor.pow(i32::from(exponent)),
            offset: Rational::zero(),
            currency: None,
        })
    }

    /// `self · other`, or `self / other` when `divide`; money may be divided (`$/kg`), temperatures with an offset not.
    #[must_use]
    pub fn combine(&self, other: &Self, divide: bool) -> Option<Self> {
        if !self.offset.is_zero() || !other.offset.is_zero() || other.currency.is_some() {
            return None;
        }
        let mut dimensions = self.dimensions;
        for (d, o) in dimensions.iter_mut().zip(other.dimensions) {
            *d = if divide {
                d.checked_sub(o)?
            } else {
                d.checked_add(o)?
            };
        }
        let (joint, factor) = if divide {
            ('/', &self.factor / &other.factor)
        } else {
            ('·', &self.factor * &other.factor)
        };
        Some(Self {
            symbol: format!("{}{joint}{}", self.symbol, other.symbol),
            dimensions,
            factor,
            offset: Rational::zero(),
            currency: self.currency,
        })
    }
}
