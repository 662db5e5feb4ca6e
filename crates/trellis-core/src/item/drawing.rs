//! Drawings made of simple shapes, with regions that have a name: pictures that no file needs to hold.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::number::Number;

/// The most shapes of a drawing, and the most corners of one.
const MOST_SHAPES: usize = 120;
/// The most regions of a drawing.
const MOST_REGIONS: usize = 20;

/// A colour of the palette; it follows the theme of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// The first.
    One,
    /// The second.
    Two,
    /// The third.
    Three,
    /// The fourth.
    Four,
    /// The fifth.
    Five,
    /// The sixth.
    Six,
}

impl Fill {
    /// All, with their names in the course format.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("one", Self::One),
        ("two", Self::Two),
        ("three", Self::Three),
        ("four", Self::Four),
        ("five", Self::Five),
        ("six", Self::Six),
    ];
}

/// What a shape is. Lengths are in the units of the drawing; points are to the right and down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Form<N = Number, T = String> {
    /// A circle.
    Circle {
        /// Its middle.
        at: (N, N),
        /// Its radius.
        r: N,
    },
    /// An ellipse.
    Ellipse {
        /// Its middle.
        at: (N, N),
        /// Half its width.
        rx: N,
        /// Half its height.
        ry: N,
    },
    /// A rectangle.
    Rectangle {
        /// Its top left corner.
        at: (N, N),
        /// Its width.
        w: N,
        /// Its height.
        h: N,
    },
    /// A line.
    Line {
        /// One end.
        from: (N, N),
        /// The other.
        to: (N, N),
    },
    /// A line with a head at its end.
    Arrow {
        /// Where it begins.
        from: (N, N),
        /// Where its head is.
        to: (N, N),
    },
    /// A closed shape with straight sides.
    Polygon {
        /// Its corners, at least three.
        points: Vec<(N, N)>,
    },
    /// Words.
    Text {
        /// The middle of their foot.
        at: (N, N),
        /// They.
        text: T,
    },
}

/// A shape of a drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shape<N = Number, T = String> {
    /// What it is.
    pub form: Form<N, T>,
    /// Its colour; without one only its outline is drawn.
    pub fill: Option<Fill>,
    /// The region that it belongs to; in a variant an opaque key.
    pub region: Option<String>,
    /// The name of the region, to be read aloud; it does not give an answer away.
    pub name: Option<T>,
    /// A letter or number at the shape.
    pub label: Option<T>,
}

/// A drawing; later shapes lie on earlier ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing<N = Number, T = String> {
    /// What it shows, to be read aloud.
    pub title: Option<T>,
    /// Its width, more than 0.
    pub width: N,
    /// Its height, more than 0.
    pub height: N,
    /// Its shapes.
    pub shapes: Vec<Shape<N, T>>,
}

impl<N, T> Drawing<N, T> {
    /// The same drawing with other numbers and texts; stops at the first that cannot be made.
    ///
    /// # Errors
    /// The first error of `number` or `text`.
    pub fn try_map<M, U, E>(
        &self,
        number: &mut impl FnMut(&N) -> Result<M, E>,
        text: &mut impl FnMut(&T) -> Result<U, E>,
    ) -> Result<Drawing<M, U>, E> {
        let mut shapes = Vec::with_capacity(self.shapes.len());
        for shape in &self.shapes {
            shapes.push(Shape {
                form: shape.form.try_map(number, text)?,
                fill: shape.fill,
                region: shape.region.clone(),
                name: shape.name.as_ref().map(&mut *text).transpose()?,
                label: shape.label.as_ref().map(&mut *text).transpose()?,
            });
        }
        Ok(Drawing {
            title: self.title.as_ref().map(&mut *text).transpose()?,
            width: number(&self.width)?,
            height: number(&self.height)?,
            shapes,
        })
    }

    /// The regions, each once, in the order of the shapes.
    #[must_use]
    pub fn region_ids(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for region in self.shapes.iter().filter_map(|shape| shape.region.as_ref()) {
            if !out.contains(region) {
                out.push(region.clone());
            }
        }
        out
    }
}

impl<N, T> Form<N, T> {
    fn try_map<M, U, E>(
        &self,
        number: &mut impl FnMut(&N) -> Result<M, E>,
        text: &mut impl FnMut(&T) -> Result<U, E>,
    ) -> Result<Form<M, U>, E> {
        let mut point = |(x, y): &(N, N)| Ok((number(x)?, number(y)?));
        Ok(match self {
            Self::Circle { at, r } => Form::Circle {
                at: point(at)?,
                r: number(r)?,
            },
            Self::Ellipse { at, rx, ry } => Form::Ellipse {
                at: point(at)?,
                rx: number(rx)?,
                ry: number(ry)?,
            },
            Self::Rectangle { at, w, h } => Form::Rectangle {
                at: point(at)?,
                w: number(w)?,
                h: number(h)?,
            },
            Self::Line { from, to } => Form::Line {
                from: point(from)?,
                to: point(to)?,
            },
            Self::Arrow { from, to } => Form::Arrow {
                from: point(from)?,
                to: point(to)?,
            },
            Self::Polygon { points } => Form::Polygon {
                points: points.iter().map(point).collect::<Result<_, _>>()?,
            },
            Self::Text { at, text: words } => Form::Text {
                at: point(at)?,
                text: text(words)?,
            },
        })
    }
}

impl Form {
    /// All corners, ends and middles.
    fn points(&self) -> Vec<&(Number, Number)> {
        match self {
            Self::Circle { at, .. }
            | Self::Ellipse { at, .. }
            | Self::Rectangle { at, .. }
            | Self::Text { at, .. } => alloc::vec![at],
            Self::Line { from, to } | Self::Arrow { from, to } => alloc::vec![from, to],
            Self::Polygon { points } => points.iter().collect(),
        }
    }

    /// All lengths.
    fn lengths(&self) -> Vec<&Number> {
        match self {
            Self::Circle { r, .. } => alloc::vec![r],
            Self::Ellipse { rx, ry, .. } => alloc::vec![rx, ry],
            Self::Rectangle { w, h, .. } => alloc::vec![w, h],
            _ => Vec::new(),
        }
    }
}

/// A region as a learner meets it: markup of [`super::markup`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its id.
    pub id: String,
    /// The letter or number at it.
    pub label: Option<String>,
    /// Its label and name, as far as it has them; empty for neither.
    pub text: String,
}

impl Drawing {
    /// The regions with what a learner reads for each, in the order of the shapes.
    #[must_use]
    pub fn regions(&self) -> Vec<Region> {
        let of = |id: String| {
            let own = || {
                self.shapes
                    .iter()
                    .filter(|s| s.region.as_ref() == Some(&id))
            };
            let label = own().find_map(|shape| shape.label.clone());
            let name = own().find_map(|shape| shape.name.clone());
            let text = match (&label, name) {
                (Some(label), Some(name)) => format!("**{label}** {name}"),
                (Some(label), None) => format!("**{label}**"),
                (None, name) => name.unwrap_or_default(),
            };
            Region { id, label, text }
        };
        self.region_ids().into_iter().map(of).collect()
    }

    /// Gives the regions other ids, as pairs of old and new; one that is not named is no region any more.
    pub fn rename_regions(&mut self, names: &[(String, String)]) {
        for shape in &mut self.shapes {
            let name = shape.region.as_ref().and_then(|region| {
                let known = names.iter().find(|(id, _)| id == region);
                known.map(|(_, name)| name.clone())
            });
            shape.region = name;
        }
    }

    /// Says why this drawing cannot be drawn, if it cannot.
    ///
    /// # Errors
    /// A sentence for an author.
    pub fn check(&self) -> Result<(), String> {
        let (zero, most) = (Number::whole(0), Number::whole(1000));
        for size in [&self.width, &self.height] {
            if *size <= zero || *size > most {
                return Err(format!(
                    "a drawing is more than 0 and at most {most} wide and high"
                ));
            }
        }
        if self.shapes.is_empty() || self.shapes.len() > MOST_SHAPES {
            return Err(format!("a drawing has 1 to {MOST_SHAPES} shapes"));
        }
        if self.region_ids().len() > MOST_REGIONS {
            return Err(format!("a drawing has at most {MOST_REGIONS} regions"));
        }
        for form in self.shapes.iter().map(|shape| &shape.form) {
            let points = form.points();
            if matches!(form, Form::Polygon { .. }) && !(3..=MOST_SHAPES).contains(&points.len()) {
                return Err(format!("a polygon has 3 to {MOST_SHAPES} corners"));
            }
            let outside = |at: &Number, size: &Number| *at < zero || at > size;
            if let Some((x, y)) = points
                .into_iter()
                .find(|(x, y)| outside(x, &self.width) || outside(y, &self.height))
            {
                let (w, h) = (&self.width, &self.height);
                return Err(format!(
                    "the point ({x}, {y}) is outside a drawing of {w} by {h}"
                ));
            }
            if let Some(length) = form
                .lengths()
                .into_iter()
                .find(|l| **l <= zero || **l > most)
            {
                return Err(format!("a shape cannot be {length} long"));
            }
        }
        Ok(())
    }

    /// All texts in the drawing, for checks of their markup.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.title.as_deref().into_iter().collect();
        for shape in &self.shapes {
            if let Form::Text { text, .. } = &shape.form {
                out.push(text);
            }
            out.extend(shape.name.as_deref());
            out.extend(shape.label.as_deref());
        }
        out
    }
}
