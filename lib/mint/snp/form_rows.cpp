// The wrappings of a report, good and broken: firmware response, certificate table, wrong lengths.
#include <algorithm>

#include "codec/pem.h"
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

using Reshape = std::function<Bytes(const Made&)>;

void form(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
          Reshape reshape) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), exit, std::move(code)});
  row.ask = [reshape = std::move(reshape)](const Made& made, Case& c) {
    c.evidence.bytes = reshape(made);
    return Status();
  };
}

Bytes table_of(const Made& made) {
  return encode_table(
      {{TableGuid::ark, made.ark}, {TableGuid::ask, made.intermediate}, {TableGuid::vcek, made.vek}});
}

Bytes extended(const Made& made, const Bytes& table) {
  Bytes out = made.report;
  append(out, table);
  return out;
}

// MSG_REPORT_RSP in the 4000 bytes of the kernel's interface.
Bytes response(const Made& made, std::uint32_t status, std::uint32_t size) {
  Writer out;
  out.u32le(status).u32le(size).zeros(24).bytes(made.report).zeros(4000 - 32 - made.report.size());
  return std::move(out).take();
}

void add_lengths(std::vector<Row>& rows) {
  form(rows, "bad-empty", "no byte at all", 1, "evidence.unrecognised", [](const Made&) { return Bytes(); });
  form(rows, "bad-truncated", "1183 bytes", 1, "input.malformed",
       [](const Made& m) { return Bytes(m.report.begin(), m.report.end() - 1); });
  form(rows, "bad-signed-part-only", "672 bytes", 1, "input.malformed",
       [](const Made& m) { return Bytes(m.report.begin(), m.report.begin() + 0x2a0); });
  form(rows, "bad-trailing-byte_S20", "1185 bytes", 1, "snp.report.trailing",
       [](const Made& m) { return extended(m, {0}); });
  form(rows, "bad-trailing-23-zeros_S20", "less than one table entry", 1, "snp.report.trailing",
       [](const Made& m) { return extended(m, Bytes(23)); });
  form(rows, "bad-all-zero", "1184 zeros", 1, "evidence.version", [](const Made&) { return Bytes(1184); });
  form(rows, "bad-all-ones", "1184 bytes of FF", 1, "evidence.version",
       [](const Made&) { return Bytes(1184, 0xff); });
}

void add_responses(std::vector<Row>& rows) {
  form(rows, "good-response", "a firmware response of 4000 bytes", 0, {},
       [](const Made& m) { return response(m, 0, 1184); });
  form(rows, "good-response-tail", "a response without its header: the report and zeros", 0, {},
       [](const Made& m) {
         const Bytes whole = response(m, 0, 1184);
         return Bytes(whole.begin() + 32, whole.end());
       });
  form(rows, "bad-response-status", "the firmware says invalid parameter", 1, "snp.report.response_status",
       [](const Made& m) { return response(m, 0x16, 1184); });
  form(rows, "bad-response-trailing_S20", "a byte after the report in a response", 1, "snp.report.trailing",
       [](const Made& m) {
         Bytes out = response(m, 0, 1184);
         out.back() = 1;
         return out;
       });
  form(rows, "bad-response-cut", "a response that ends inside the report", 1, "input.malformed",
       [](const Made& m) {
         Bytes out = response(m, 0, 1184);
         out.resize(1200);
         return out;
       });
}

void add_tables(std::vector<Row>& rows) {
  form(rows, "good-extended", "a certificate table follows", 0, {},
       [](const Made& m) { return extended(m, table_of(m)); });
  form(rows, "good-extended-empty", "an empty certificate table follows", 0, {},
       [](const Made& m) { return extended(m, Bytes(24)); });
  form(rows, "good-extended-padded", "a certificate table with zeros behind it", 0, {}, [](const Made& m) {
    Bytes out = extended(m, table_of(m));
    out.resize(out.size() + 500);
    return out;
  });
  form(rows, "good-extended-unknown-guid", "an entry of unknown kind is kept aside", 0, {},
       [](const Made& m) {
         return extended(m, encode_table({{TableGuid::unknown, Bytes(8, 1)}, {TableGuid::vcek, m.vek}}));
       });
  const auto broken = [&rows](const char* name, const char* what, std::function<void(Bytes&)> step) {
    form(rows, name, what, 1, "snp.report.trailing", [step = std::move(step)](const Made& m) {
      Bytes table = table_of(m);
      step(table);
      return extended(m, table);
    });
  };
  broken("bad-table-offset-in-header", "an entry points into the header",
         [](Bytes& t) { set_u32(t, 16, 24); });
  broken("bad-table-offset-outside", "an entry begins outside", [](Bytes& t) { set_u32(t, 16, 0x7fffffff); });
  broken("bad-table-length-outside", "an entry ends outside", [](Bytes& t) { set_u32(t, 20, 0x7fffffff); });
  broken("bad-table-sum-overflow", "offset and length add up to more than 32 bits", [](Bytes& t) {
    set_u32(t, 16, 0xfffffff0);
    set_u32(t, 20, 0x20);
  });
  broken("bad-table-unterminated", "no terminating entry", [](Bytes& t) { t.resize(72); });
  broken("bad-table-duplicate", "one GUID twice",
         [](Bytes& t) { std::copy_n(t.begin(), 16, t.begin() + 24); });
  broken("bad-table-junk-behind", "a byte that no entry names", [](Bytes& t) { t.push_back(1); });
  broken("bad-table-entry-junk", "an entry that is no certificate", [](Bytes& t) { t[96] ^= 0xff; });
}

std::string pem_of(const Bytes& der) { return pem::encode("CERTIFICATE", der); }

// Table entries in PEM, as hosts also write them: one certificate each and nothing beside it.
void add_pem_tables(std::vector<Row>& rows) {
  const auto with_entry = [&rows](const char* name, const char* what, int exit,
                                  std::function<std::string(const Made&)> text) {
    form(rows, name, what, exit, exit == 0 ? "" : "snp.report.trailing",
         [text = std::move(text)](const Made& m) {
           return extended(m, encode_table({{TableGuid::vcek, to_bytes(as_bytes(text(m)))}}));
         });
  };
  with_entry("good-extended-pem", "the entry is PEM", 0, [](const Made& m) { return pem_of(m.vek); });
  with_entry("bad-table-pem-junk", "text behind the certificate in an entry", 1,
             [](const Made& m) { return pem_of(m.vek) + "junk\n"; });
  with_entry("bad-table-two-in-one", "two certificates in one entry", 1,
             [](const Made& m) { return pem_of(m.vek) + pem_of(m.intermediate); });
  with_entry("bad-table-der-trailing", "a byte behind the DER in an entry", 1,
             [](const Made& m) { return std::string(as_text(m.vek)) + "x"; });
}

// The same table as a collateral file.
void add_table_files(std::vector<Row>& rows) {
  Row& good = rows.emplace_back(Row{"good-table-as-collateral", "all certificates in one table file", 0, {}});
  good.ask = [](const Made& made, Case& c) {
    c.collateral = {{"certs.bin", table_of(made)}};
    return Status();
  };
  Row& guid = rows.emplace_back(Row{"bad-table-little-endian-guid",
                                    "a VCEK under a GUID in the other byte order is of no known kind", 4,
                                    "chain.missing"});
  guid.ask = [](const Made& made, Case& c) {
    Bytes table = table_of(made);
    std::reverse(table.begin() + 48, table.begin() + 52);
    std::reverse(table.begin() + 52, table.begin() + 54);
    std::reverse(table.begin() + 54, table.begin() + 56);
    c.collateral = {{"certs.bin", table}};
    return Status();
  };
}

}  // namespace

void add_form_rows(std::vector<Row>& rows) {
  add_lengths(rows);
  add_responses(rows);
  add_tables(rows);
  add_pem_tables(rows);
  add_table_files(rows);
}

}  // namespace tee::mint::snp
