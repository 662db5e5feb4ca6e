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
