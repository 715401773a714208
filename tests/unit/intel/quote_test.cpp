// The container: offsets of every version, and what is refused.
#include "providers/shared/intel_dcap/quote.h"

#include "base/encoding.h"
#include "helpers.h"
#include "providers/shared/intel_dcap/codes.h"

using namespace tee;
using namespace tee::test;

namespace {

struct Layout {
  m::For tee;
  unsigned version;
  m::Body body;
  std::size_t body_offset, body_size, signed_size, certification_offset;
};

// Offsets as Intel's documents print them (with 32 bytes of authentication data).
const Layout kLayouts[] = {
    {m::For::sgx, 3, m::Body::enclave, 48, 384, 432, 436 + 584 + 32},
    {m::For::sgx, 4, m::Body::enclave, 48, 384, 432, 1258 - 200},
    {m::For::sgx, 5, m::Body::enclave, 54, 384, 438, 1258 - 200 + 6},
    {m::For::tdx, 4, m::Body::td10, 48, 584, 632, 1258},
    {m::For::tdx, 5, m::Body::td10, 54, 584, 638, 1258 + 6},
    {m::For::tdx, 5, m::Body::td15, 54, 648, 702, 1258 + 70},
    {m::For::tdx, 5, m::Body::td15_extended, 54, 885, 939, 1258 + 307},
};

std::size_t offset_of(ByteView part, ByteView whole) {
  return static_cast<std::size_t>(part.data() - whole.data());
}

intel::QuoteHead head_of(const Bytes& quote) {
  Result<intel::QuoteHead> head = intel::parse_quote_head(quote);
  if (!head) FAIL(head.error().message);
  return *std::move(head);
}

}  // namespace

TEST_CASE("quote: every version and body lies where Intel's documents say") {
  for (const Layout& l : kLayouts) {
    CAPTURE(l.version);
    CAPTURE(l.body_size);
    const Bytes quote = made(m::usual_world(l.tee, l.version, l.body)).quote.encode();
    const intel::QuoteHead head = head_of(quote);
    const bool tdx = l.tee == m::For::tdx;
    CHECK(head.tee == (tdx ? intel::Tee::tdx : intel::Tee::sgx));
    CHECK(head.signed_bytes.size() == l.signed_size);
    const ByteView raw = tdx ? head.td.raw : head.enclave.raw;
    CHECK(raw.size() == l.body_size);
    CHECK(offset_of(raw, quote) == l.body_offset);
    CHECK(head.td.td15.has_value() == (l.body == m::Body::td15 || l.body == m::Body::td15_extended));
    CHECK(head.td.extended.has_value() == (l.body == m::Body::td15_extended));
    const intel::SignatureData data = intel::parse_signature_data(quote, head).value();
    CHECK(offset_of(data.certification_data, quote) == l.certification_offset);
    CHECK(offset_of(data.signature, quote) == l.signed_size + 4);
    CHECK(data.quote_size == quote.size());
    CHECK(data.certification_type == 5);
    CHECK(data.qe_auth_data.size() == 32);
  }
}

TEST_CASE("quote: fields of a TD report") {
  m::World w = m::usual_world(m::For::tdx, 5, m::Body::td15_extended);
  for (std::size_t i = 0; i < w.quote.body.size(); ++i)
    w.quote.body[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  const Bytes quote = made(w).quote.encode();
  const intel::TdReport td = head_of(quote).td;
  const ByteView body = td.raw;
  const auto at = [&](std::size_t offset, const auto& field) {
    return equal(body.subspan(offset, field.size()), field);
  };
  CHECK(at(0, td.tee_tcb_svn));
  CHECK(at(16, td.mr_seam));
  CHECK(at(64, td.mr_signer_seam));
  CHECK(at(112, td.seam_attributes));
  CHECK(at(120, td.td_attributes));
  CHECK(at(128, td.xfam));
  CHECK(at(136, td.mr_td));
  CHECK(at(184, td.mr_config_id));
  CHECK(at(232, td.mr_owner));
  CHECK(at(280, td.mr_owner_config));
  for (std::size_t i = 0; i < 4; ++i) CHECK(at(328 + 48 * i, td.rtmr[i]));
  CHECK(at(520, td.report_data));
  CHECK(at(584, td.td15->tee_tcb_svn2));
  CHECK(at(600, td.td15->mr_servicetd));
  CHECK(td.extended->vm_id == body[648]);
  CHECK(at(649, td.extended->td_id));
  CHECK(at(681, td.extended->device_info));
  CHECK(at(729, td.extended->init_servicetd_hash));
  CHECK(at(777, td.extended->init_servicetd_attributes));
  CHECK(at(785, td.extended->init_cpu_svn));
  CHECK(at(801, td.extended->init_tee_tcb_svn));
  CHECK(at(817, td.extended->init_fmspc));
  CHECK(at(829, td.extended->servicetd_hash));
  CHECK(at(877, td.extended->servicetd_attributes));
}

TEST_CASE("quote: fields of an enclave report") {
  Bytes body(384);
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<std::uint8_t>(i * 5 + i / 256);
  const intel::EnclaveReport r = intel::parse_enclave_report(body).value();
  const auto at = [&](std::size_t offset, const auto& field) {
    return equal(ByteView(body).subspan(offset, field.size()), field);
  };
  CHECK(at(0, r.cpu_svn));
  CHECK(at(16, r.misc_select));
  CHECK(at(32, r.isv_ext_prod_id));
  CHECK(at(48, r.attributes));
  CHECK(at(64, r.mr_enclave));
  CHECK(at(128, r.mr_signer));
  CHECK(at(192, r.config_id));
  CHECK(r.isv_prod_id == (body[256] | body[257] << 8));
  CHECK(r.isv_svn == (body[258] | body[259] << 8));
  CHECK(r.config_svn == (body[260] | body[261] << 8));
  CHECK(at(304, r.isv_family_id));
  CHECK(at(320, r.report_data));
  CHECK_FALSE(intel::parse_enclave_report(ByteView(body).first(383)).has_value());
}

TEST_CASE("quote: which room") {
  const Bytes tdx = made_tdx().quote.encode(), sgx = made_sgx().quote.encode();
  CHECK(intel::recognise_quote(tdx) == intel::Tee::tdx);
  CHECK(intel::recognise_quote(sgx) == intel::Tee::sgx);
  CHECK_FALSE(intel::recognise_quote(ByteView(tdx).first(47)).has_value());
  Bytes other = tdx;
  other[0] = 7;  // the vendor id still tells a quote of an unknown version
  CHECK(intel::recognise_quote(other) == intel::Tee::tdx);
  other[12] ^= 1;
  CHECK_FALSE(intel::recognise_quote(other).has_value());
  CHECK_FALSE(intel::recognise_quote(Bytes(1184, 2)).has_value());
}

TEST_CASE("quote: what the certification data of types 1 to 3 ask for") {
  intel::SignatureData data;
  Bytes bytes(16, 0x11);
  append(bytes, Bytes(16, 0x22));
  append(bytes, Bytes{0x0b, 0x00, 0x01, 0x00});
  data.certification_type = 1;
  data.certification_data = bytes;
  const auto plain = intel::parse_pck_request(data);
  REQUIRE(plain.has_value());
  CHECK(plain->ppid == intel::Svn16{0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                                    0x11, 0x11, 0x11, 0x11});
  CHECK(plain->cpu_svn[3] == 0x22);
  CHECK(plain->pce_svn == 11);
  CHECK(plain->pce_id == 1);
  data.certification_type = 3;
  CHECK_FALSE(intel::parse_pck_request(data)->ppid.has_value());
  data.certification_data = ByteView(bytes).first(19);
  CHECK_FALSE(intel::parse_pck_request(data).has_value());
  data.certification_type = 5;
  data.certification_data = bytes;
  CHECK_FALSE(intel::parse_pck_request(data).has_value());
}
