#include "providers/shared/intel_dcap/report_body.h"

namespace tee::intel {

namespace {

// A.3.2: bytes 584 to 647.
Td15Fields read_td15(Cursor& c) {
  Td15Fields out;
  out.tee_tcb_svn2 = c.array<16>();
  out.mr_servicetd = c.array<48>();
  return out;
}

// Bytes 648 to 884.
Td15ExtendedFields read_extended(Cursor& c) {
  Td15ExtendedFields out;
  out.vm_id = c.u8();
  out.td_id = c.array<32>();
  out.device_info = c.array<48>();
  out.init_servicetd_hash = c.array<48>();
  out.init_servicetd_attributes = c.array<8>();
  out.init_cpu_svn = c.array<16>();
  out.init_tee_tcb_svn = c.array<16>();
  out.init_fmspc = c.array<12>();
  out.servicetd_hash = c.array<48>();
  out.servicetd_attributes = c.array<8>();
  return out;
}

}  // namespace

// A.4; the KSS fields lie in areas that are reserved for other enclaves (Intel SDM volume 3D, table 38-21).
Result<EnclaveReport> parse_enclave_report(ByteView bytes) {
  EnclaveReport out;
  out.raw = bytes;
  Cursor c(bytes);
  out.cpu_svn = c.array<16>();
  out.misc_select = c.array<4>();
  c.skip(12);
  out.isv_ext_prod_id = c.array<16>();
  out.attributes = c.array<16>();
  out.mr_enclave = c.array<32>();
  c.skip(32);
  out.mr_signer = c.array<32>();
  c.skip(32);
  out.config_id = c.array<64>();
  out.isv_prod_id = c.u16le();
  out.isv_svn = c.u16le();
  out.config_svn = c.u16le();
  c.skip(42);
  out.isv_family_id = c.array<16>();
  out.report_data = c.array<64>();
  TEE_CHECK(c.finish("enclave report"));
  return out;
}

Result<TdReport> parse_td_report(ByteView bytes) {
  TdReport out;
  out.raw = bytes;
  Cursor c(bytes);
  out.tee_tcb_svn = c.array<16>();
  out.mr_seam = c.array<48>();
  out.mr_signer_seam = c.array<48>();
  out.seam_attributes = c.array<8>();
  out.td_attributes = c.array<8>();
  out.xfam = c.array<8>();
  out.mr_td = c.array<48>();
  out.mr_config_id = c.array<48>();
  out.mr_owner = c.array<48>();
  out.mr_owner_config = c.array<48>();
  for (Digest48& rtmr : out.rtmr) rtmr = c.array<48>();
  out.report_data = c.array<64>();
  if (bytes.size() > kTd10Size) out.td15 = read_td15(c);
  if (bytes.size() > kTd15Size) out.extended = read_extended(c);
  TEE_CHECK(c.finish("TD report"));
  return out;
}

}  // namespace tee::intel
