// Everything that one case of the fake Intel is made of, and the row of the table of variants that changes a
// part of it. Part of lib/mint (floor F3).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mint/intel/pki.h"
#include "mint/intel/platform.h"
#include "mint/intel/quote.h"
#include "mint/mint.h"

namespace tee::mint::intel {

struct World {
  Time at{};
  For tee = For::tdx;
  Authority authority = Authority::platform;
  Pki pki;
  Platform platform;
  SgxExtension extension;  // of the leaf
  bool leaf_has_extension = true;
  Published published;
  Draft quote;
  CrlSpec root_crl, pck_crl;
};
Time usual_time();
Bytes usual_nonce();
World usual_world(For tee, unsigned version, Body body, Authority authority = Authority::platform);

// A published document with its signature.
struct Document {
  std::string member;  // "tcbInfo", "enclaveIdentity"
  std::string body;    // the signed bytes
  Bytes signature;
  std::string text() const;  // as Intel's service answers
};
Result<Document> sign_document(std::string member, std::string body, const crypto::PrivateKey& key);

struct Made {
  World world;
  Issued issued;
  Document tcb_info, qe_identity;
  Bytes root_crl, pck_crl;
  Parts quote;

  std::vector<Artifact> collateral() const;  // each part as a file of its own
};

// One variant. Each step may change what the one before has built; a step left empty changes nothing.
struct Row {
  std::string name, what;
  int exit = 1;
  std::string code = {};
  std::function<World()> start = {};         // instead of the usual world
  std::function<void(World&)> world = {};    // before anything is signed
  std::function<void(Json&)> tcb_info = {};  // before the document is signed
  std::function<void(Json&)> qe_identity = {};
  std::function<void(Made&)> made = {};                // after: quote parts, documents, lists
  std::function<Status(const Made&, Case&)> ask = {};  // evidence, collateral, anchors, flags
};

Result<Made> make(const World& world, const Row& row);
Result<Case> make_case(const Row& row, For tee);

// Pins of the workload, and with the nonce: the question that a good quote answers.
std::vector<std::string> pins(For tee);
std::vector<std::string> full_question(For tee);
// A file of the collateral, to be replaced or left out.
void drop(Case& c, std::string_view name);
void replace(Case& c, std::string_view name, Bytes content);
// Puts our envelope around the quote, with these files as collateral that the attester brings along; all when
// none is named.
Status embed(Case& c, For tee, const std::vector<std::string>& files);

// The rows, by what they change.
void add_good_rows(std::vector<Row>& rows, For tee);
void add_quote_rows(std::vector<Row>& rows, For tee);
void add_version_rows(std::vector<Row>& rows, For tee);
void add_signature_rows(std::vector<Row>& rows);
void add_chain_rows(std::vector<Row>& rows);
void add_extension_rows(std::vector<Row>& rows);
void add_crl_rows(std::vector<Row>& rows);
void add_document_rows(std::vector<Row>& rows, For tee);
void add_document_content_rows(std::vector<Row>& rows, For tee);
void add_tcb_rows(std::vector<Row>& rows, For tee);
void add_td_rows(std::vector<Row>& rows);
void add_relaunch_rows(std::vector<Row>& rows);
void add_enclave_rows(std::vector<Row>& rows);
void add_question_rows(std::vector<Row>& rows, For tee);

}  // namespace tee::mint::intel
