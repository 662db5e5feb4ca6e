//! Gives each asset a name with its hash and compresses it ahead of time, so that the server only copies bytes.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut files: Vec<PathBuf> = fs::read_dir("assets")?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|kind| kind != "md"));
    // The style sheet names the fonts, so the fonts get their names first.
    files.sort_by_key(|path| {
        (
            path.extension().is_some_and(|kind| kind == "css"),
            path.clone(),
        )
    });
    let mut named: Vec<(String, String)> = Vec::new();
    let mut table = String::from("pub(crate) static ASSETS: &[Asset] = &[\n");
    for path in &files {
        let name = file_name(path)?;
        let mut bytes = fs::read(path)?;
        if name.ends_with(".css") || name.ends_with(".js") {
            let mut text = String::from_utf8(bytes)?;
            for (plain, hashed) in &named {
                text = text.replace(&format!("url({plain})"), &format!("url({hashed})"));
                text = text.replace(&format!("\"./{plain}\""), &format!("\"./{hashed}\""));
            }
            bytes = text.into_bytes();
        }
        let hashed = hashed_name(&name, &bytes);
        let plain_file = out.join(&hashed);
        fs::write(&plain_file, &bytes)?;
        let packed_file = out.join(format!("{hashed}.br"));
        let packed = pack(&name, &bytes)?;
        fs::write(&packed_file, &packed)?;
        writeln!(
            table,
            "    Asset {{ name: {name:?}, path: \"/assets/{hashed}\", kind: {:?}, bytes: include_bytes!({plain_file:?}), packed: include_bytes!({packed_file:?}) }},",
            kind(&name),
        )?;
        named.push((name, hashed));
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table)?;
    Ok(())
}

fn file_name(path: &Path) -> Result<String, Failure> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(name.ok_or("an asset's name is not UTF-8")?.to_owned())
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match name.rsplit_once('.') {
        Some((stem, kind)) => format!("{stem}-{}.{kind}", &hash[..10]),
        None => format!("{name}-{}", &hash[..10]),
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// Brotli at its best; nothing for what is compressed already.
fn pack(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    if name.ends_with(".woff2") || name.ends_with(".png") {
        return Ok(Vec::new());
    }
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}
