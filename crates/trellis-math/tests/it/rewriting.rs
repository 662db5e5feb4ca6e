//! Random rewriting: a tree and its rewritten twin are never told apart, a twin with something added is never the same.
#![allow(clippy::print_stdout, reason = "a test says what it measured")]

use trellis_math::equivalence::{Comparison, Verdict, compare};
use trellis_math::plain;
use trellis_math::tree::{Constant, Expr, ExprKind, Function};
use trellis_math::{BigInt, Rational};

/// splitmix64, so that a failing seed can be tried again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

fn number(n: u64, d: u64) -> Expr {
    Expr::number(Rational::new(BigInt::from(n), BigInt::from(d)))
}

fn add(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Add(vec![a, b]))
}

fn mul(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Mul {
        factors: vec![a, b],
        explicit: true,
    })
}

fn neg(a: Expr) -> Expr {
    Expr::made(ExprKind::Neg(a.into()))
}

fn div(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Div(a.into(), b.into()))
}

fn pow(a: Expr, n: u64) -> Expr {
    Expr::made(ExprKind::Pow(a.into(), number(n, 1).into()))
}

fn call(f: Function, a: Expr) -> Expr {
    Expr::made(ExprKind::Call(f, vec![a]))
}

fn root(a: Expr) -> Expr {
    Expr::made(ExprKind::Root {
        degree: 2,
        radicand: a.into(),
    })
}

fn tree(chance: &mut Chance, depth: u32) -> Expr {
    if depth == 0 || chance.below(6) == 0 {
        return match chance.below(8) {
            0..=2 => Expr::variable("x"),
            3 => Expr::variable("y"),
            4 => Expr::made(ExprKind::Constant(Constant::Pi)),
            5 => number(chance.below(9) + 1, chance.below(4) + 1),
            _ => number(chance.below(12) + 1, 1),
        };
    }
    let a = tree(chance, depth - 1);
    match chance.below(13) {
        0 | 1 => add(a, tree(chance, depth - 1)),
        2 => add(a, neg(tree(chance, depth - 1))),
        3 | 4 => mul(a, tree(chance, depth - 1)),
        5 => div(a, tree(chance, depth - 1)),
        6 => pow(a, 2),
        7 => root(a),
        8 => call(Function::Sin, a),
        9 => call(Function::Cos, a),
        10 => call(Function::Exp, a),
        11 => call(Function::Ln, a),
        _ => call(Function::Abs, a),
    }
}

/// One rewriting that keeps the value wherever both sides have one.
fn rewritten(expr: &Expr, chance: &mut Chance) -> Expr {
    let e = expr.clone();
    match (&expr.kind, chance.below(10)) {
        (ExprKind::Add(v), 0..=3) => {
            let mut v = v.clone();
            v.reverse();
            Expr::made(ExprKind::Add(v))
        }
        (ExprKind::Mul { factors, .. }, 0..=1) => {
            let mut factors = factors.clone();
            factors.reverse();
            Expr::made(ExprKind::Mul {
                factors,
                explicit: true,
            })
        }
        (ExprKind::Mul { factors, .. }, 2..=5) => match (&factors[0], &factors[1].kind) {
            (a, ExprKind::Add(v)) => Expr::made(ExprKind::Add(
                v.iter().map(|t| mul(a.clone(), t.clone())).collect(),
            )),
            _ => e,
        },
        (ExprKind::Pow(base, _), 0..=4) => match &base.kind {
            ExprKind::Add(v) if v.len() == 2 => {
                let twice = mul(number(2, 1), mul(v[0].clone(), v[1].clone()));
                add(add(pow(v[0].clone(), 2), twice), pow(v[1].clone(), 2))
            }
            _ => mul((**base).clone(), (**base).clone()),
        },
        (ExprKind::Call(Function::Sin, v), 0..=3) => {
            let half = div(v[0].clone(), number(2, 1));
            mul(
                number(2, 1),
                mul(call(Function::Sin, half.clone()), call(Function::Cos, half)),
            )
        }
        (ExprKind::Call(Function::Cos, v), 0..=3) => {
            let half = div(v[0].clone(), number(2, 1));
            add(
                number(1, 1),
                neg(mul(number(2, 1), pow(call(Function::Sin, half), 2))),
            )
        }
        (ExprKind::Call(Function::Exp, v), 0..=4) => match &v[0].kind {
            ExprKind::Add(t) => mul(
                call(Function::Exp, t[0].clone()),
                call(Function::Exp, t[1].clone()),
            ),
            _ => pow(call(Function::Exp, div(v[0].clone(), number(2, 1))), 2),
        },
        (ExprKind::Call(Function::Abs, v), 0..=4) => root(pow(v[0].clone(), 2)),
        (_, 5) => mul(number(1, 1), e),
        (_, 6) => neg(neg(e)),
        (_, 7) => div(mul(e, number(3, 1)), number(3, 1)),
        (_, 8) => add(add(e, number(5, 1)), neg(number(5, 1))),
        _ => {
            let many = |v: &[Expr], chance: &mut Chance| -> Vec<Expr> {
                v.iter().map(|c| rewritten(c, chance)).collect()
            };
            Expr::made(match &expr.kind {
                ExprKind::Add(v) => ExprKind::Add(many(v, chance)),
                ExprKind::Mul { factors, explicit } => ExprKind::Mul {
                    factors: many(factors, chance),
                    explicit: *explicit,
                },
                ExprKind::Neg(a) => ExprKind::Neg(rewritten(a, chance).into()),
                ExprKind::Div(a, b) => {
                    ExprKind::Div(rewritten(a, chance).into(), rewritten(b, chance).into())
                }
                ExprKind::Pow(a, n) => ExprKind::Pow(rewritten(a, chance).into(), n.clone()),
                ExprKind::Root { degree, radicand } => ExprKind::Root {
                    degree: *degree,
                    radicand: rewritten(radicand, chance).into(),
                },
                ExprKind::Call(f, v) => ExprKind::Call(*f, many(v, chance)),
                other => other.clone(),
            })
        }
    }
}

/// A number from the environment.
pub(crate) fn from_env(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(default)
}

/// A rewritten tree, the tree, and whether something was added that sets them apart.
pub(crate) fn pair(seed: u64) -> (Expr, Expr, bool) {
    let mut chance = Chance(seed);
    let depth = 2 + u32::try_from(chance.below(3)).unwrap_or(0);
    let original = tree(&mut chance, depth);
    let mut twin = original.clone();
    for _ in 0..1 + chance.below(3) {
        twin = rewritten(&twin, &mut chance);
    }
    let apart = chance.below(2) == 0;
    if apart {
        let step = number(chance.below(5) + 1, chance.below(50) + 1);
        twin = add(twin, step);
    }
    (twin, original, apart)
}

/// TRELLIS_PAIRS raises the number of pairs, and TRELLIS_SEED starts elsewhere.
#[test]
fn rewriting_never_fools_the_verdict() {
    let (pairs, first) = (
        from_env("TRELLIS_PAIRS", 1_500),
        from_env("TRELLIS_SEED", 1),
    );
    let mut slowest = (std::time::Duration::ZERO, 0);
    let (mut equal, mut different, mut open) = (0_u64, 0_u64, 0_u64);
    for seed in first..first + pairs {
        let (twin, original, apart) = pair(seed);
        let start = std::time::Instant::now();
        let verdict = compare(&twin, &original, &Comparison::EquivalentExpression);
        slowest = slowest.max((start.elapsed(), seed));
        let story = || {
            format!(
                "seed {seed}: {} against {}: {verdict:?}",
                plain::from_expr(&twin),
                plain::from_expr(&original)
            )
        };
        match &verdict {
            Verdict::Equal(_) => {
                assert!(!apart, "{}", story());
                equal += 1;
            }
            Verdict::Different(_) => {
                assert!(apart, "{}", story());
                different += 1;
            }
            Verdict::Undecided => open += 1,
        }
    }
    println!("slowest {slowest:?}");
    if from_env("TRELLIS_STORY", 0) > 0 {
        println!("{}", plain::from_expr(&pair(slowest.1).1));
    }
    println!("{pairs} pairs: {equal} equal, {different} different, {open} undecided");
    assert!(5 * open < pairs, "too many undecided: {open} of {pairs}");
}
