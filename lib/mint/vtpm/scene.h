// A scene: everything of which one case is made, and the steps that a variant changes in it. Part of lib/mint
// (F3).
//
// What is signed is signed over the changed fields: a verifier that stops at a signature accepts the variant.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mint/mint.h"
#include "mint/snp/scene.h"
#include "mint/vtpm/hcl.h"
#include "mint/vtpm/quote.h"

namespace tee::mint::vtpm {

// How evidence travels: Confidential Containers' versions 0 and 1, and attestation-rs.
enum class Form { coco_v0, coco_v1, attestation_rs };

struct Scene {
  Form form = Form::coco_v1;
  snp::Row host;        // the SNP report and its certificates
  Bytes id_key_digest;  // 48 bytes; of the built-in list unless a variant says otherwise
  Json runtime;
  std::function<void(Bytes&)> runtime_text = {};  // before it is bound
  std::function<void(Bytes&)> bound_text = {};    // the text in the HCL report, after its digest was taken
  std::function<void(Bytes&)> report_data = {};   // the 64 bytes, before they are signed
  HclSpec hcl;
  std::function<void(Bytes&)> hcl_bytes = {};
  QuoteSpec quote;
  std::function<void(Bytes&)> attest = {};  // the signed bytes
  SignatureSpec signature;
  std::function<void(Bytes&)> signature_bytes = {};
  Pcrs pcrs = usual_pcrs();                  // the values beside the quote
  std::function<void(Json&)> evidence = {};  // the inner object
};
Scene usual_scene();

// A scene made into bytes.
struct Made {
  Scene scene;
  snp::Made host;
  Bytes hcl, attest, signature;
};

struct Row {
  std::string name, what;
  int exit = 1;
  std::string code;
  std::function<void(Scene&)> scene = {};              // before anything is made
  std::function<Status(const Made&, Case&)> ask = {};  // the finished case
  std::function<Result<Case>(const Row&)> other = {};  // makes it on other hardware; the two above then do not count
};
Result<Made> make_scene(const Row& row);
Result<Case> make_case(const Row& row);
Bytes encode_evidence(const Made& made);

const Bytes& usual_nonce();        // 32 bytes
const Bytes& usual_user_data();    // 64 bytes
std::string pin_of(unsigned pcr);  // "pcr11=HEX"
// The nonce and PCR 11: a whole question, where the paravisor is identified.
std::vector<std::string> full_question();

void add_good_rows(std::vector<Row>& rows);
void add_hcl_rows(std::vector<Row>& rows);
void add_runtime_rows(std::vector<Row>& rows);
void add_hardware_rows(std::vector<Row>& rows);
void add_quote_rows(std::vector<Row>& rows);
void add_pcr_rows(std::vector<Row>& rows);
void add_question_rows(std::vector<Row>& rows);
void add_tdx_rows(std::vector<Row>& rows);  // tdx.cpp, where Intel's mint is built

}  // namespace tee::mint::vtpm
