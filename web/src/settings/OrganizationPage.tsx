import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "../api/client";
import type { OrganizationDetail } from "../api/shapes";
import { Bones, Failure } from "../design/States";
import { slugFault } from "../projects/slug";
import { organizationQuery, organizationsQuery } from "../shell/organizations";
import { PageHead } from "./PageHead";
import { SavedText } from "./SavedText";
import { SettingRow } from "./SettingRow";
import { useMay } from "./useMay";
import { useSave } from "./useSave";

export function OrganizationPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/settings" });
  const organization = useQuery(organizationQuery(org));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const may = useMay(org);
  const save = useSave<OrganizationDetail>(async (patch) => {
    const changed = await api.put<OrganizationDetail>(`organizations/${org}/`, patch);
    await queries.invalidateQueries({ queryKey: organizationsQuery.queryKey });
    if (changed.slug !== org) {
      await navigate({ to: "/organizations/$org/settings", params: { org: changed.slug }, replace: true });
    } else {
      queries.setQueryData(organizationQuery(org).queryKey, changed);
    }
  });
  if (organization.isError) {
    return (
      <Failure
        what="The organization could not be read"
        error={organization.error}
        retry={() => void organization.refetch()}
      />
    );
  }
  if (!organization.data) {
    return <Bones rows={3} height={56} />;
  }
  const { name, slug } = organization.data;
  const fixed = !may("org:write");
  return (
    <>
      <PageHead title="General" />
      <SettingRow label="Name" explain="Shown on top of every page and in invitations.">
        <SavedText
          label="Name"
          field="name"
          value={name}
          disabled={fixed}
          fault={(text) => (text.trim() ? undefined : "A name is needed.")}
          save={(value) => save({ name: value.trim() }, { name }, "Name")}
        />
      </SettingRow>
      <SettingRow
        label="Slug"
        explain="Stands in every address and in the API. Links with the old slug stop working; events are not affected."
      >
        <SavedText
          label="Slug"
          field="slug"
          value={slug}
          disabled={fixed}
          fault={slugFault}
          save={(value) => save({ slug: value }, { slug }, "Slug")}
        />
      </SettingRow>
    </>
  );
}
