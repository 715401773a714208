// A scene: everything of which one SNP case is made, and the steps that a variant changes in it.
// Part of lib/mint (F3).
//
// A step works before signing (the report is then signed over the changed fields: a verifier that stops at
// the signature accepts it), on the bytes of the report, or on the finished case.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mint/mint.h"
#include "mint/snp/pki.h"

namespace tee::mint::snp {

inline constexpr Time kNow = unix_time(1768478400);  // 2026-01-15T12:00:00Z

struct Scene {
  Line line = Line::genoa;
  Kind kind = Kind::vcek;
  ReportSpec report;
  CertificateSpec vek, intermediate, ark;
  crypto::PrivateKey vek_key = named_key("vek");  // signs the report
  crypto::PrivateKey vek_signer = ca_key(Ca::ask), intermediate_signer = ca_key(Ca::ark),
                     ark_signer = ca_key(Ca::ark);
};
Scene usual_scene(Line line, std::uint32_t version, Kind kind);

// A scene made into bytes.
struct Made {
  Scene scene;
  Bytes report, vek, intermediate, ark;
};

// One row of the table of variants.
struct Row {
  std::string name, what;
  int exit = 1;
  std::string code;
  Line line = Line::genoa;
  std::uint32_t version = 3;
  Kind kind = Kind::vcek;
  std::function<void(Scene&)> scene = {};              // before anything is signed
  std::function<void(Bytes&)> signed_part = {};        // the 672 bytes, before the signature
  std::function<void(Bytes&)> bytes = {};              // the 1184 bytes, after it
  std::function<Status(const Made&, Case&)> ask = {};  // the finished case
};

Result<Made> make_scene(const Row& row);
Result<Case> make_case(const Row& row);

// Helpers for steps.
void set_u32(Bytes& bytes, std::size_t at, std::uint32_t value);
Result<Bytes> issue(const CertificateSpec& spec, const crypto::PrivateKey& signer);
// The case asks for this measurement and report data instead of authenticity only.
void pin_all(const Made& made, Case& c);
// A VCEK of the same line with another key, for another report.
Result<Bytes> other_vek(const Made& made, const ReportSpec& report, const std::string& key);
Status add_crl(Case& c, const std::string& name, const CrlSpec& spec, const crypto::PrivateKey& signer);

// A GHCB certificate table; entries by the kind of certificate.
enum class TableGuid { vcek, vlek, ask, ark, crl, unknown };
struct TableEntry {
  TableGuid guid;
  Bytes content;
};
Bytes encode_table(const std::vector<TableEntry>& entries);

void add_good_rows(std::vector<Row>& rows);
void add_report_rows(std::vector<Row>& rows);
void add_signature_rows(std::vector<Row>& rows);
void add_policy_rows(std::vector<Row>& rows);
void add_vek_rows(std::vector<Row>& rows);
void add_chain_rows(std::vector<Row>& rows);
void add_crl_rows(std::vector<Row>& rows);
void add_question_rows(std::vector<Row>& rows);
void add_form_rows(std::vector<Row>& rows);

}  // namespace tee::mint::snp
