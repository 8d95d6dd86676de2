// What an application does with Meta's Node SDK, which knows nothing of a gateway: it is given
// another address and a handle, and nothing else. It lists, makes, changes and deletes, reads
// insights at once and as a report, sends a batch, uploads and meets an error. What came of it is
// written down, for the test that started it to judge.

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

// The SDK is of the elder kind of modules; so must its HTTP client be, to be the same one.
const require = createRequire(import.meta.url);
const axios = require('axios');
const sdk = require('facebook-nodejs-business-sdk');

const { AdAccount, AdReportRun, Campaign, FacebookAdsApi, FacebookAdsApiBatch } = sdk;

const PAGE = 3;
const BATCH = 50;
const MOST_POLLS = 20;
const INSIGHTS = ['campaign_id', 'impressions', 'spend'];

const order = {
  graph: given('SUITE_GRAPH'),
  handle: given('SUITE_HANDLE'),
  adAccount: given('SUITE_AD_ACCOUNT'),
  days: { since: given('SUITE_SINCE'), until: given('SUITE_UNTIL') },
  image: given('SUITE_IMAGE'),
  report: given('SUITE_REPORT'),
};

function given(name) {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

const answers = overheard();

Object.defineProperty(FacebookAdsApi, 'GRAPH', { get: () => order.graph });
// Without its crash reporter, which keeps a process alive that failed. It would ask which app it is.
const api = FacebookAdsApi.init(order.handle, 'en_US', false);
const account = new AdAccount(`act_${order.adAccount}`);

// Every answer the SDK gets: it uses the one client that axios has for everybody.
function overheard() {
  const heard = [];
  const keep = (response) =>
    heard.push(JSON.stringify([response.status, response.headers, response.data]));
  axios.interceptors.response.use(
    (response) => {
      keep(response);
      return response;
    },
    (error) => {
      if (error.response) {
        keep(error.response);
      }
      return Promise.reject(error);
    },
  );
  return heard;
}

async function run() {
  const report = { app: (await api.getAppID()).data.data.app_id };
  report.campaigns = await pages(await account.getCampaigns(['name'], { limit: PAGE }), id);
  const made = await make();
  report.made = made.map(id);
  report.renamed = await rename(report.made[0]);
  report.insights = await pages(await account.getInsights(INSIGHTS, { ...rows(), limit: PAGE }), row);
  report.report = await reportOfInsights();
  report.batch = await batch();
  report.image = await upload();
  Object.assign(report, await failure());
  await new Campaign(report.made[0]).delete();
  report.answers = answers;
  return report;
}

const id = (it) => it.id;

async function make() {
  const campaign = await account.createCampaign([], {
    name: 'Made by the Node SDK: 50 % & more',
    objective: 'OUTCOME_SALES',
    status: 'PAUSED',
    special_ad_categories: ['NONE'],
  });
  const adSet = await account.createAdSet([], {
    name: 'Ad set',
    campaign_id: campaign.id,
    daily_budget: 2000,
    billing_event: 'IMPRESSIONS',
    optimization_goal: 'REACH',
    targeting: { age_min: 21, geo_locations: { countries: ['IT'] } },
    status: 'PAUSED',
  });
  const ad = await account.createAd([], {
    name: 'Ad',
    adset_id: adSet.id,
    creative: { creative_id: '1' },
    status: 'PAUSED',
  });
  return [campaign, adSet, ad];
}

async function rename(campaignId) {
  await new Campaign(campaignId, { name: 'Renamed – größer' }).update({ name: 'Renamed – größer' });
  return (await new Campaign(campaignId).get(['name', 'status'])).name;
}

function rows() {
  return { level: 'campaign', time_range: order.days, time_increment: 1 };
}

function row(insights) {
  const { campaign_id, date_start, impressions, spend } = insights;
  return { campaign_id, date_start, impressions, spend };
}

async function reportOfInsights() {
  const started = await account.getInsightsAsync(INSIGHTS, rows());
  await completed(started.id);
  return pages(await new AdReportRun(null, { report_run_id: started.id }).getInsights([], { limit: PAGE }), row);
}

async function completed(runId) {
  for (let poll = 0; poll < MOST_POLLS; poll++) {
    const run = await new AdReportRun(null, { report_run_id: runId }).get([]);
    if (run.async_status === 'Job Completed' && run.async_percent_completion === 100) {
      return;
    }
  }
  throw new Error('The report does not complete');
}

// As many items as a batch may have: reads, one that fails, one that makes a campaign and one that
// makes an ad set in it.
async function batch() {
  const all = new FacebookAdsApiBatch(api);
  const bodies = [];
  const keep = (index) => (response) => {
    bodies[index] = { code: response.status, body: response.body };
  };
  const add = (index, method, path, params) =>
    all.add(method, path, params, undefined, keep(index), keep(index));
  for (let i = 0; i < BATCH - 3; i++) {
    add(i, 'GET', [`act_${order.adAccount}`, 'campaigns'], { fields: 'name', limit: 1 });
  }
  add(BATCH - 3, 'GET', ['1'], { fields: 'name' });
  add(BATCH - 2, 'POST', [`act_${order.adAccount}`, 'campaigns'], {
    name: 'Made in a batch: 50 %',
    status: 'PAUSED',
    special_ad_categories: ['NONE'],
  });
  add(BATCH - 1, 'GET', [`act_${order.adAccount}`, 'insights'], {
    ...rows(),
    fields: INSIGHTS.join(','),
    limit: 1,
  });
  await all.execute();
  return bodies;
}

async function upload() {
  const bytes = (await readFile(order.image)).toString('base64');
  const answer = await account.createAdImage([], { bytes });
  return answer.images.bytes.hash;
}

async function failure() {
  try {
    await account.getCampaigns(['no_such_field']);
    return {};
  } catch (error) {
    return { error: error.response, errorHeaders: error.headers };
  }
}

// Everything on all pages, by the addresses that the answers name, and how many there were.
async function pages(cursor, as) {
  const all = [];
  let count = 1;
  all.push(...cursor.map(as));
  while (cursor.hasNext()) {
    await cursor.next();
    all.push(...cursor.map(as));
    count++;
  }
  return { pages: count, all };
}

await writeFile(order.report, JSON.stringify(await run()));
