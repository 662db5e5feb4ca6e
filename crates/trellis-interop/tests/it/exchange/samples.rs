//! Small files of each format, written for these tests.

/// A package of QTI 3.0 in one item for each kind that has a counterpart.
pub(crate) const QTI_CHOICE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="half" title="One half"
  adaptive="false" time-dependent="false" xml:lang="en">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
    <qti-correct-response><qti-value>b</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
  <qti-item-body>
    <p>Which is <strong>one half</strong>?</p>
    <qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1">
      <qti-prompt>Choose one.</qti-prompt>
      <qti-simple-choice identifier="a">1/3</qti-simple-choice>
      <qti-simple-choice identifier="b"><math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>2</mn><mn>4</mn></mfrac></math></qti-simple-choice>
      <qti-simple-choice identifier="c">2/3</qti-simple-choice>
    </qti-choice-interaction>
  </qti-item-body>
  <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
</qti-assessment-item>"#;

/// An item of QTI 2.1 with a template and rules of its own.
pub(crate) const QTI_TEMPLATE: &str = r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="sum" title="Sum" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="integer"/>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <templateDeclaration identifier="A" cardinality="single" baseType="integer" mathVariable="true"/>
  <templateDeclaration identifier="B" cardinality="single" baseType="integer"/>
  <templateProcessing>
    <setTemplateValue identifier="A"><randomInteger min="2" max="40"/></setTemplateValue>
    <setTemplateValue identifier="B"><randomInteger min="2" max="40" step="2"/></setTemplateValue>
    <templateConstraint><lt><variable identifier="A"/><variable identifier="B"/></lt></templateConstraint>
    <setCorrectResponse identifier="RESPONSE"><sum><variable identifier="A"/><variable identifier="B"/></sum></setCorrectResponse>
  </templateProcessing>
  <itemBody><p>What is <printedVariable identifier="A"/> + <printedVariable identifier="B"/>?
    <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="4"/></p></itemBody>
  <responseProcessing>
    <responseCondition>
      <responseIf><equal toleranceMode="absolute" tolerance="0.5 0.5"><correct identifier="RESPONSE"/><variable identifier="RESPONSE"/></equal>
        <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf>
      <responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse>
    </responseCondition>
  </responseProcessing>
</assessmentItem>"#;

/// A bank of Moodle.
pub(crate) const MOODLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/top/Fractions</text></category></question>
  <question type="multichoice"><name><text>Half</text></name>
    <questiontext format="html"><text><![CDATA[<p>Which is \(\frac{1}{2}\)?</p>]]></text></questiontext>
    <generalfeedback format="html"><text><![CDATA[<p>Halve <b>both</b>.</p>]]></text></generalfeedback>
    <single>true</single><shuffleanswers>true</shuffleanswers>
    <answer fraction="100"><text>2/4</text><feedback><text>Yes.</text></feedback></answer>
    <answer fraction="0"><text>1/3</text><feedback><text>A third.</text></feedback></answer>
    <hint format="html"><text>Look at the top.</text></hint>
  </question>
  <question type="numerical"><name><text>Pi</text></name><questiontext format="html"><text>Pi?</text></questiontext>
    <answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer></question>
  <question type="matching"><name><text>Pairs</text></name><questiontext format="html"><text>Match.</text></questiontext>
    <subquestion format="html"><text>1/2</text><answer><text>50 %</text></answer></subquestion>
    <subquestion format="html"><text>1/4</text><answer><text>25 %</text></answer></subquestion>
    <subquestion format="html"><text></text><answer><text>75 %</text></answer></subquestion></question>
  <question type="essay"><name><text>Why</text></name><questiontext format="html"><text>Why?</text></questiontext></question>
</quiz>"#;

/// Questions in GIFT.
pub(crate) const GIFT: &str = "// a comment\n$CATEGORY: $course$/Cells\n\n::Q1:: Who has chloroplasts? {=plants ~animals #No, they eat. ~fungi}\n\n\
The powerhouse is the {=mitochondrion =mitochondria} of the cell.\n\nPlants breathe. {T}\n\n2 + 2 {#4:0.5}\n\n\
Match {=a -> 1 =b -> 2}\n\nBoth? {~%50%x \\= 1 ~%50%y ~%-100%z}\n\nWrite {}\n\nBroken {=a";

/// An exercise of Perseus.
pub(crate) const PERSEUS: &str = r#"{"question": {"content": "What is $3 \\times 4$?\n\n[[☃ numeric-input 1]]", "images": {},
  "widgets": {"numeric-input 1": {"type": "numeric-input", "options": {"answers": [
    {"value": 12, "status": "correct", "maxError": null}, {"value": 7, "status": "wrong"}]}}}},
  "hints": [{"content": "Three groups of four.", "images": {}, "widgets": {}}]}"#;

/// A bank of a Common Cartridge.
pub(crate) const CARTRIDGE: &str = r#"<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Quiz"><section ident="s">
 <item ident="i1" title="One"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.multiple_choice.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
  <presentation><material><mattext texttype="text/html">&lt;p&gt;Which is a mammal?&lt;/p&gt;</mattext></material>
   <response_lid ident="r" rcardinality="Single"><render_choice>
    <response_label ident="x"><material><mattext texttype="text/plain">bat</mattext></material></response_label>
    <response_label ident="y"><material><mattext texttype="text/plain">eagle</mattext></material></response_label></render_choice></response_lid></presentation>
  <resprocessing><outcomes><decvar varname="SCORE"/></outcomes><respcondition continue="No"><conditionvar><varequal respident="r">x</varequal></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item>
 <item ident="i2" title="Two"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.essay.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
  <presentation><material><mattext texttype="text/plain">Say why.</mattext></material><response_str ident="r"><render_fib/></response_str></presentation></item>
</section></assessment></questestinterop>"#;

fn chunk(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let length = u32::try_from(inside.len()).unwrap_or(0).to_be_bytes();
    // Nobody here looks at the check sum.
    [&length[..], name, inside, &[0; 4]].concat()
}

/// A PNG of 3 by 2 pixels that tells where it was taken, and has something behind its end.
pub(crate) fn png() -> Vec<u8> {
    let head = [0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0];
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"tEXt", b"Author\0SECRET"),
        chunk(b"eXIf", b"MM SECRET place"),
        chunk(b"IDAT", b"pixels"),
        chunk(b"IEND", b""),
        b"SECRET behind".to_vec(),
    ]
    .concat()
}

fn segment(marker: u8, inside: &[u8]) -> Vec<u8> {
    let length = u16::try_from(inside.len() + 2).unwrap_or(2).to_be_bytes();
    [&[0xff, marker], &length[..], inside].concat()
}

/// A JPEG of 3 by 2 pixels that lies on its side and tells where it was taken.
pub(crate) fn jpeg() -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend(b"\x0f\x01\x02\0\x06\0\0\0SECR\0\0\0\0SECRET");
    [
        vec![0xff, 0xd8],
        segment(
            0xe0,
            b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02SECRET thumbnail",
        ),
        segment(0xe1, &exif),
        segment(0xfe, b"SECRET comment"),
        segment(0xdb, &[1; 65]),
        segment(0xc0, &[8, 0, 2, 0, 3, 1, 1, 0x11, 0]),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        vec![1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
        vec![0xff, 0xd9],
        b"SECRET behind".to_vec(),
    ]
    .concat()
}

/// A GIF of one pixel that is repeated, with a comment.
pub(crate) fn gif() -> Vec<u8> {
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"[..],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xff\x0bXMP DataXMP\x06SECRET\0",
        b"\x21\xfe\x06SECRET\0",
        b"\x21\xf9\x04\0\0\0\0\0",
        b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0",
        b"\x3bSECRET",
    ]
    .concat()
}

fn riff(form: &[u8; 4], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = form.to_vec();
    for (name, inside) in chunks {
        body.extend_from_slice(*name);
        body.extend(u32::try_from(inside.len()).unwrap_or(0).to_le_bytes());
        body.extend_from_slice(inside);
        body.extend(vec![0; inside.len() % 2]);
    }
    let length = u32::try_from(body.len()).unwrap_or(0).to_le_bytes();
    [b"RIFF".to_vec(), length.to_vec(), body].concat()
}

/// A WebP of 3 by 2 pixels that tells where it was taken.
pub(crate) fn webp() -> Vec<u8> {
    riff(
        b"WEBP",
        &[
            (b"VP8X", &[0b0011_1100, 0, 0, 0, 2, 0, 0, 1, 0, 0]),
            (b"ICCP", b"SECRET"),
            (b"VP8L", &[0x2f, 0x02, 0x40, 0, 0, 7, 7]),
            (b"EXIF", b"SECRET"),
            (b"XMP ", b"SECRET"),
        ],
    )
}

/// A sound that tells who sings.
pub(crate) fn wav() -> Vec<u8> {
    riff(
        b"WAVE",
        &[
            (
                b"fmt ",
                &[1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0],
            ),
            (b"LIST", b"INFOIARTSECRET"),
            (b"data", &[1, 2, 3]),
        ],
    )
}

/// A sound that tells who sings, in front and at the end.
pub(crate) fn mp3() -> Vec<u8> {
    let mut end = b"TAGSECRET".to_vec();
    end.resize(128, 0);
    [
        b"ID3\x03\0\0\0\0\0\x06SECRET".to_vec(),
        vec![0xff, 0xfb, 0x90, 0, 1, 2, 3, 4],
        end,
    ]
    .concat()
}

/// A drawing with what drawing programs leave in it.
pub(crate) const SVG: &str = r##"<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:k="urn:strange" viewBox="0 0 9 9">
  <metadata>SECRET</metadata><k:view k:author="SECRET"/><defs><path id="a" d="M0 0h9"/></defs>
  <a xlink:href="https://example.org/SECRET"><rect k:label="SECRET" width="9" height="9" fill="#abc"/></a>
  <use xlink:href="#a" stroke="red"/><animate attributeName="href" values="SECRET"/><text x="1" y="2">word</text>
</svg>"##;
